import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import type { Erased } from "@/lib/privacy/schema";

type LeftInKommoProps = { erased: Erased; kommoUrl: string | undefined };

/** What has to be erased in Kommo. Once the page is left, nothing here can tell these ids. */
export function LeftInKommo({ erased: { kommoLeadIds, kommoContactIds }, kommoUrl }: LeftInKommoProps) {
  const t = useTranslations("erasure.left");
  const groups = [
    { kind: "leads", ids: kommoLeadIds },
    { kind: "contacts", ids: kommoContactIds },
  ] as const;
  if (groups.every(({ ids }) => ids.length === 0)) return null;

  return (
    <div className="mt-3">
      <Notice title={t("title")} body={t("body")}>
        <dl className="w-full text-ink">
          {groups
            .filter(({ ids }) => ids.length > 0)
            .map(({ kind, ids }) => (
              <div key={kind} className="flex flex-wrap items-center gap-x-3">
                <dt className="text-13">{t(kind)}</dt>
                <dd className="flex min-w-0 flex-wrap items-center gap-x-3 font-mono text-13">
                  {ids.map((id) => (
                    <KommoId key={id} id={id} url={kommoUrl && `${kommoUrl}/${kind}/detail/${id}`} />
                  ))}
                  <CopyButton text={ids.join("\n")} label={t(`copy.${kind}`)} />
                </dd>
              </div>
            ))}
        </dl>
      </Notice>
    </div>
  );
}

function KommoId({ id, url }: { id: number; url: string | undefined }) {
  if (!url) return <span>{id}</span>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center rounded-control underline underline-offset-2 pointer-coarse:min-h-11"
    >
      {id}
    </a>
  );
}
