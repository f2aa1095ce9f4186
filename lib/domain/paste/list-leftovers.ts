import type { Sheet } from "@/lib/domain/paste/text/sheet";
import { connectors } from "@/lib/domain/paste/words/fillers";

const CUT = /[\n\t;|\ue000]+|,(?! ?\d)/u;
const EDGES = /^[\s,;:.)\]}!?=&\-–—·•/]+|[\s,;:([{<=&\-–—·•/]+$/gu;
const HAS_CONTENT = /[\p{L}\p{N}\p{Sc}\p{Extended_Pictographic}]/u;

/** In the order of the text, without words that only connected filled values. */
export function listLeftovers(sheet: Sheet): string[] {
  return sheet.left
    .replaceAll(/[\ue001\ue002]+/g, (hidden, at: number) => sheet.text.slice(at, at + hidden.length))
    .split(CUT)
    .map((piece) => piece.replaceAll(EDGES, "").replaceAll(/\s+/g, " ").trim())
    .filter(
      (piece) =>
        HAS_CONTENT.test(piece) &&
        !piece
          .toLowerCase()
          .split(" ")
          .every((word) => connectors.has(word)),
    );
}
