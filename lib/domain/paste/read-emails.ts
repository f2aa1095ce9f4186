import { fill, type Sheet } from "@/lib/domain/paste/text/sheet";

const EMAIL =
  /(?:mailto:)?(?<![\p{L}\d._%+-])([\p{L}\d][\p{L}\d._%+-]{0,63}@(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,24})(?![\p{L}\d])/giu;

export function readEmails(sheet: Sheet): void {
  for (const match of sheet.left.matchAll(EMAIL)) {
    fill(sheet, "email", match[1] ?? match[0], match.index, match.index + match[0].length);
  }
}
