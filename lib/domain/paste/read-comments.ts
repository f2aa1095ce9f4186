import { blank, type Sheet } from "@/lib/domain/paste/text/sheet";

/** Last of all, so that a phone or a handle inside a comment has been read; it stays in the comment too. */
export function readComments(sheet: Sheet): void {
  const spans = sheet.hints.filter(({ kind }) => kind === "comment");
  const texts = spans.map(({ start, end }) => sheet.text.slice(start, end).replaceAll(/\s+/g, " ").trim());
  const comment = texts.filter((text) => /[\p{L}\p{N}]/u.test(text)).join("\n");
  if (comment === "") return;
  sheet.fields.comment = comment;
  for (const { start, end } of spans) blank(sheet, start, end);
}
