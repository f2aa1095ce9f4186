import { describe, expect, test } from "vitest";
import { type Candidate, listMerged, matchLeads } from "@/lib/delivery/verify/match";
import { toUnconfirmed } from "@/lib/delivery/verify/verify";
import { aLeadToSend } from "@/tests/support/builders";
import { aMapping } from "@/tests/support/catalogues";

const SECONDS = 1_763_719_200;
const lead = {
  id: "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10",
  createdAt: SECONDS * 1000,
  sentAt: SECONDS * 1000,
  batch: null,
  name: "Заявка: Иван Петров",
};
const MARGIN_SECONDS = 300;

function aCandidate(more: Partial<Candidate>): Candidate {
  const madeAt = more.madeAt ?? SECONDS;
  return { id: 7, name: lead.name, madeAt, changedAt: madeAt, isOurs: false, contactKeys: [], ...more };
}

test.each([
  ["+74951234567,5", "+74951234567,5"],
  ["+74951234567,5", "+74951234567;ext=5"],
  ["+74951234567,5", "8 (495) 123-45-67 доб. 5"],
  ["+74951234567,5", "+7 495 123-45-67"],
  ["+74951234567", "+74951234567 ext. 5"],
])("our phone %s is the contact's %s", async (ours, theirs) => {
  const candidate = aCandidate({ contactKeys: [theirs] });
  const matches = await matchLeads([{ ...lead, contactKeys: [ours] }], [], [candidate], MARGIN_SECONDS);

  expect(matches.get(lead.id)).toBe(7);
});

test("another number is another person, whatever its extension", async () => {
  const ours = { ...lead, contactKeys: ["+74951234567,5"] };
  const candidate = aCandidate({ contactKeys: ["+74951234568,5"] });
  const matches = await matchLeads([ours], [], [candidate], MARGIN_SECONDS);

  expect(matches.get(lead.id)).toBe("unsure");
});

test.each([
  ["when it was sent", SECONDS],
  // The item tells Kommo when the lead was typed, and Kommo may give the lead that time.
  ["when it was typed, hours before it was sent", SECONDS - 5 * 3600],
])("a stranger made %s may be it, with another name and contact by now", async (_, madeAt) => {
  const own = { ...lead, createdAt: (SECONDS - 5 * 3600) * 1000 + 517, contactKeys: ["+79001234567"] };
  const stranger = aCandidate({ madeAt, name: "Переименован", contactKeys: ["+79990000000"] });

  expect((await matchLeads([own], [], [stranger], MARGIN_SECONDS)).get(own.id)).toBe("unsure");
  const another = { ...stranger, madeAt: madeAt - 3600 };
  expect((await matchLeads([own], [], [another], MARGIN_SECONDS)).get(own.id)).toBeUndefined();
});

test.each([
  ["up to two seconds before ours was typed, it", -2, 0, 7],
  ["seconds before ours was typed, perhaps another lead of the same person", -3, 0, "unsure"],
  ["before ours was typed, by a clock that was set back before it was sent, it", -20, 60, 7],
])("a lead made %s is", async (_, madeAfter, typedAfter, expected) => {
  const own = { ...lead, createdAt: (SECONDS + typedAfter) * 1000, contactKeys: ["+79001234567"] };
  const candidate = aCandidate({ madeAt: SECONDS + madeAfter, contactKeys: ["+79001234567"] });

  expect((await matchLeads([own], [], [candidate], MARGIN_SECONDS)).get(own.id)).toBe(expected);
});

test("a lead of Kommo may be as much later than ours as the settings say that a request may be late", async () => {
  const phone = "+74951234567";
  const sent = {
    ...aLeadToSend({ name: "Иван", phone }),
    sentAt: lead.sentAt,
    sentUntil: null,
    leastAheadMs: null,
    mostAheadMs: null,
  };
  const matchAfter = async (minutes: number, lateMinutes: number) => {
    const own = toUnconfirmed(sent, { version: 1, mapping: aMapping() }, lateMinutes * 60_000);
    const madeAt = SECONDS + minutes * 60 - 30;
    const candidate = aCandidate({ name: own.name, madeAt, contactKeys: [phone] });
    return (await matchLeads([own], [], [candidate], MARGIN_SECONDS)).get(own.id);
  };

  expect(await matchAfter(6, 0.5)).toBe(7);
  expect(await matchAfter(20, 6)).not.toBe(7);
  expect(await matchAfter(20, 20)).toBe(7);
  expect(await matchAfter(30, 20)).not.toBe(7);
});

describe("an older lead of the same person", () => {
  const own = { ...lead, contactKeys: ["+74951234567"] };
  const matchWith = async (changedAt: number) => {
    const older = aCandidate({ madeAt: SECONDS - 86_400, changedAt, contactKeys: own.contactKeys });
    const matches = await matchLeads([own], [], [older], MARGIN_SECONDS);
    const merged = await listMerged([own], [older], MARGIN_SECONDS);
    return { match: matches.get(own.id), isMerged: merged.has(own.id) };
  };

  test.each([
    ["after it was sent", SECONDS + 1],
    ["within the margin before it was sent", SECONDS - MARGIN_SECONDS],
    ["at a time that Kommo does not say", Number.POSITIVE_INFINITY],
  ])("may hold ours when it was last changed %s", async (_, changedAt) => {
    expect(await matchWith(changedAt)).toEqual({ match: "merged", isMerged: true });
  });

  test("says nothing when it was last changed before that, and is read for the sake of another lead", async () => {
    expect(await matchWith(SECONDS - MARGIN_SECONDS - 1)).toEqual({ match: undefined, isMerged: false });
  });
});
