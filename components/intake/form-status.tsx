import { CircleCheck, CirclePause } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusChip } from "@/components/ui/status-chip";

export function FormStatus({ isPaused }: { isPaused: boolean }) {
  const t = useTranslations("intake");
  return (
    <StatusChip tone={isPaused ? "waiting" : "good"} icon={isPaused ? CirclePause : CircleCheck}>
      {t(isPaused ? "paused" : "open")}
    </StatusChip>
  );
}
