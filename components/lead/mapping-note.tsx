import { useTranslations } from "next-intl";

type MappingNoteProps = {
  lead: { state: string; mappingVersion: number | null; newestVersion: number | null };
};

/** By which version of the mapping the lead was sent, and by which it would be sent again. */
export function MappingNote({ lead: { state, mappingVersion, newestVersion } }: MappingNoteProps) {
  const t = useTranslations("mapping.onForm");
  if (mappingVersion === null) return null;
  const goesByAnother = state !== "confirmed" && newestVersion !== null && newestVersion !== mappingVersion;
  return (
    <p className="mt-2 text-13 text-ink-muted">
      {t("sentBy", { version: mappingVersion })}
      {goesByAnother && ` ${t("goesBy", { version: newestVersion })}`}
    </p>
  );
}
