import { Ban, CircleCheck, Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusChip } from "@/components/ui/status-chip";
import type { AccountStatus } from "@/lib/people/schema";

const looks = {
  active: { tone: "good", icon: CircleCheck },
  invited: { tone: "waiting", icon: Mail },
  disabled: { tone: "needs-admin", icon: Ban },
} as const;

export function AccountStatusChip({ status }: { status: AccountStatus }) {
  const t = useTranslations("people.standing");
  return <StatusChip {...looks[status]}>{t(status)}</StatusChip>;
}
