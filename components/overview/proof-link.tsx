import { ListChecks } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

/** For heads and admins: whether what was entered on a day is in Kommo. */
export function ProofLink() {
  const t = useTranslations("dailyProof");
  return (
    <p className="mb-2">
      <Link
        href="/overview/proof"
        className="inline-flex min-h-11 items-center gap-1.5 rounded-control text-13 font-medium text-accent-ink underline-offset-2 hover:underline lg:min-h-6"
      >
        <ListChecks aria-hidden className="size-4" />
        {t("link")}
      </Link>
    </p>
  );
}
