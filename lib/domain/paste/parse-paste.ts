import type { CountryCode } from "libphonenumber-js/max";
import { KEYCAP, removeUnseen, toAsciiDigits } from "@/lib/domain/lead/clean-text";
import { readPeople } from "@/lib/domain/paste/people/read-people";
import { type KnownSource, toSpellings } from "@/lib/domain/paste/text/find-source";
import type { Sheet } from "@/lib/domain/paste/text/sheet";
import { decodeVcard } from "./decode-vcard";
import { dropPictures } from "./drop-pictures";
import { listLeftovers } from "./list-leftovers";
import { maskUnused } from "./mask-unused";
import { readAmounts } from "./read-amounts";
import { readChat } from "./read-chat";
import { readComments } from "./read-comments";
import { readEmails } from "./read-emails";
import { readHandles } from "./read-handles";
import { readJobs } from "./read-jobs";
import { readLabels } from "./read-labels";
import { readLinks } from "./read-links";
import { readPhones, readUnsurePhones } from "./read-phones";
import { readSources } from "./read-sources";
import { readVcard } from "./read-vcard";
import { toLabelled } from "./to-labelled";

// A spreadsheet's phone in a column of numbers.
const AS_FRACTION = /(?<![\d.,])(\d{10,15})\.0(?!\d)/g;

export type PasteContext = { country: CountryCode; sources: readonly KnownSource[] };
export type Paste = Pick<Sheet, "fields" | "flags"> & {
  leftovers: string[];
  /** Nothing was read. */
  isTooLong?: true;
};

/** One person's data are shorter. It bounds the time of a paste: some readers look at the text once for each find. */
export const LONGEST_PASTE = 10_000;

/**
 * Reads one person from a pasted text. Never throws. Each reader takes what it recognises and blanks it out, the most
 * certain readers first. What remains are the leftovers.
 */
export function parsePaste(pasted: string, { country, sources }: PasteContext): Paste {
  const text = dropPictures(pasted);
  if (text.length > LONGEST_PASTE) return { fields: {}, flags: {}, leftovers: [], isTooLong: true };
  const plain = toLabelled(cleanPaste(text));
  const spellings = toSpellings(sources);
  const sheet: Sheet = {
    text: plain,
    left: plain,
    country,
    spellings,
    hints: [],
    senders: [],
    fields: {},
    flags: {},
  };
  readVcard(sheet);
  readChat(sheet);
  readLinks(sheet);
  readEmails(sheet);
  readLabels(sheet);
  maskUnused(sheet);
  readHandles(sheet);
  readAmounts(sheet, false);
  readPhones(sheet);
  readAmounts(sheet, true);
  readUnsurePhones(sheet);
  readSources(sheet);
  readPeople(sheet);
  readJobs(sheet);
  readComments(sheet);
  return { fields: sheet.fields, flags: sheet.flags, leftovers: listLeftovers(sheet) };
}

function cleanPaste(text: string): string {
  const lines = text.toWellFormed().replaceAll(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n");
  return removeUnseen(toAsciiDigits(decodeVcard(lines)).replaceAll(KEYCAP, ""))
    .replaceAll(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u2010-\u2012\u2212]/g, "-")
    .replaceAll(/[^\S\n\t]/g, " ")
    .replaceAll(/[^\P{Cc}\n\t]|[\ue000-\ue002]/gu, " ")
    .replaceAll(AS_FRACTION, "$1");
}
