import { useTranslations } from "next-intl";
import { CountBadge } from "@/components/ui/count-badge";

export function DeviceBadge({ count }: { count: number }) {
  const t = useTranslations("leads.stuck");
  return <CountBadge count={count} label={t("waiting", { count })} />;
}
