import { useTranslations } from "next-intl";
import type { KnownClient } from "@/lib/domain/lead/known-client";

type KnownClientNoteProps = {
  known: {
    client: KnownClient;
    url: string | null;
    standing: "there" | "chosen" | "apart" | "refused" | "elsewhere";
  } | null;
};

/** Whose contact in Kommo the lead is, and whether it was added there. */
export function KnownClientNote({ known }: KnownClientNoteProps) {
  const t = useTranslations("routing.known");
  if (!known || known.client.why === "none") return null;
  const { client, url, standing } = known;
  const { contact, count } = client;
  const name = contact?.name || t("nameless");
  const isAmiss = standing === "refused" || standing === "elsewhere";
  return (
    <section aria-labelledby="known-client">
      <h2 id="known-client" className="mt-8 mb-3 text-16 font-semibold">
        {t("title")}
      </h2>
      <p className={`max-w-prose text-14 ${isAmiss ? "text-needs-you-ink" : ""}`}>
        {contact
          ? t(`standing.${standing}`, { name })
          : t(client.why === "new" ? "apart.new" : "apart.several", { count })}{" "}
        {url && (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="font-medium text-ink underline underline-offset-2"
          >
            {t("open")}
          </a>
        )}
      </p>
    </section>
  );
}
