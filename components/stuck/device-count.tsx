"use client";

import { useModule } from "@/components/ui/use-module";
import { useStuckOnDevice } from "./stuck-news";

const loadBadge = () => import("./device-badge");

/** At the entry of the form, beside which these leads are shown. */
export function DeviceCount() {
  const count = useStuckOnDevice();
  const badge = useModule(loadBadge, count > 0);
  return badge && count > 0 && <badge.DeviceBadge count={count} />;
}
