import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { LeadSummary } from "@/lib/domain/lead/schema";

type TwinNoteProps = { lead: Pick<LeadSummary, "kommoUrl" | "twinUrl"> };

const link = "inline-flex min-h-11 items-center font-medium text-accent-ink underline lg:min-h-6";

/** The lead stands in Kommo twice: both links, and what to do. */
export function TwinNote({ lead: { kommoUrl, twinUrl } }: TwinNoteProps) {
  const t = useTranslations("leads.twin");
  if (!twinUrl) return null;
  return (
    <div className="mt-4">
      <Notice title={t("title")} body={t("body")}>
        {kommoUrl && (
          <a href={kommoUrl} target="_blank" rel="noreferrer" className={link}>
            {t("first")}
          </a>
        )}
        <a href={twinUrl} target="_blank" rel="noreferrer" className={link}>
          {t("second")}
        </a>
      </Notice>
    </div>
  );
}

/** Kommo's duplicate control has made the lead a part of one that was there. */
export function MergedNote({ kommoUrl }: { kommoUrl: string }) {
  const t = useTranslations("leads.merged");
  return (
    <p className="mt-3 max-w-prose text-14 text-ink-muted">
      {t("body")}{" "}
      <a
        href={kommoUrl}
        target="_blank"
        rel="noreferrer"
        className="inline-flex min-h-11 items-center font-medium text-accent-ink underline lg:min-h-6"
      >
        {t("open")}
      </a>
    </p>
  );
}
