import { useTranslations } from "next-intl";

export type Parked = { place: string; isSent: boolean };

/** Beside a value that its own field in Kommo did not take. */
export function ParkedNote({ parked, place }: { parked: readonly Parked[]; place: string }) {
  const t = useTranslations("mapping.onForm");
  const note = parked.find((known) => known.place === place);
  if (!note) return null;
  return <span className="block text-13 text-needs-you-ink">{t(note.isSent ? "parked" : "left")}</span>;
}
