import type { CountryCode } from "libphonenumber-js/max";
import { readPeople } from "@/lib/domain/paste/people/read-people";
import { type KnownSource, toSpellings } from "@/lib/domain/paste/text/find-source";
import type { Sheet } from "@/lib/domain/paste/text/sheet";
import { listLeftovers } from "./list-leftovers";
import { maskUnused } from "./mask-unused";
import { readAmounts } from "./read-amounts";
import { readEmails } from "./read-emails";
import { readHandles } from "./read-handles";
import { readJobs } from "./read-jobs";
import { readLabels } from "./read-labels";
import { readLinks } from "./read-links";
import { readPhones, readUnsurePhones } from "./read-phones";
import { readSources } from "./read-sources";
import { readVcard } from "./read-vcard";
import { toLabelled } from "./to-labelled";

export type PasteContext = { country: CountryCode; sources: readonly KnownSource[] };
export type Paste = Pick<Sheet, "fields" | "flags"> & { leftovers: string[] };

/**
 * Reads one person from a pasted text. Never throws. Each reader takes what it recognises and blanks it out, the most
 * certain readers first. What remains are the leftovers.
 */
export function parsePaste(text: string, { country, sources }: PasteContext): Paste {
  const plain = toLabelled(cleanText(text));
  const spellings = toSpellings(sources);
  const sheet: Sheet = { text: plain, left: plain, country, spellings, hints: [], fields: {}, flags: {} };
  readVcard(sheet);
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
  return { fields: sheet.fields, flags: sheet.flags, leftovers: listLeftovers(sheet) };
}

function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
    .replaceAll(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll(/[\u2010-\u2012\u2212]/g, "-")
    .replaceAll(/[^\S\n\t]/g, " ")
    .replaceAll(/[^\P{Cc}\n\t]|[\ue000-\ue002]/gu, " ")
    .replaceAll(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "");
}
