import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Privacy } from "@/lib/privacy/schema";

type ErasuresProps = { erasures: Privacy["erasures"]; serverNow: number };

/** The fact of each erasure. Nothing of the content is stored. */
export function Erasures({ erasures, serverNow }: ErasuresProps) {
  const t = useTranslations("erasure.log");
  return (
    <section aria-labelledby="erasures" className="mt-12">
      <h2 id="erasures" className="text-16 font-semibold">
        {t("title")}
      </h2>
      {erasures.length === 0 ? (
        <p className="mt-1 text-ink-muted">{t("empty")}</p>
      ) : (
        <ul className="mt-3 divide-y divide-border rounded-panel border border-border bg-surface">
          {erasures.map(({ id, at, by, leadCount }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-2 text-13">
              <span className="min-w-0 break-words">
                {by === null ? t("byTerm", { count: leadCount }) : t("by", { count: leadCount, by })}
              </span>
              <span className="text-ink-muted">
                <RelativeTime at={at} serverNow={serverNow} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
