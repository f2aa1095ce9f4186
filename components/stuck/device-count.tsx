"use client";

import { useTranslations } from "next-intl";
import { CountBadge } from "@/components/ui/count-badge";
import { useStuckOnDevice } from "./stuck-news";

/** At the entry of the form, beside which these leads are shown. */
export function DeviceCount() {
  const t = useTranslations("leads.stuck");
  const count = useStuckOnDevice();
  return count > 0 && <CountBadge count={count} label={t("waiting", { count })} />;
}
