import { useTranslations } from "next-intl";

type MappingNoteProps = {
  lead: { state: string; mappingVersion: number | null; newestVersion: number | null };
};

/** The version of the mapping that the lead was sent with, and the one that it would be sent with now. */
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
