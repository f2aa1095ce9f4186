import { useTranslations } from "next-intl";

export type FallbackValue = { place: string; isSent: boolean; isCut?: true };

/** Next to a value that its own field in Kommo did not accept. */
export function FallbackNote({
  fallbackValues,
  place,
}: {
  fallbackValues: readonly FallbackValue[];
  place: string;
}) {
  const t = useTranslations("mapping.onForm");
  const note = fallbackValues.find((known) => known.place === place);
  if (!note) return null;
  const words = note.isCut ? "cut" : note.isSent ? "parked" : "left";
  return <span className="block text-13 text-needs-you-ink">{t(words)}</span>;
}
