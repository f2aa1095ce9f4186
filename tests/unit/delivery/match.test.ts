import { expect, test } from "vitest";
import { matchLeads } from "@/lib/delivery/verify/match";
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

test.each([
  ["+74951234567,5", "+74951234567,5"],
  ["+74951234567,5", "+74951234567;ext=5"],
  ["+74951234567,5", "8 (495) 123-45-67 доб. 5"],
  ["+74951234567,5", "+7 495 123-45-67"],
  ["+74951234567", "+74951234567 ext. 5"],
])("our phone %s is the contact's %s", async (ours, theirs) => {
  const candidate = { id: 7, name: lead.name, madeAt: SECONDS, isOurs: false, contactKeys: [theirs] };
  const matches = await matchLeads([{ ...lead, contactKeys: [ours] }], [], [candidate]);

  expect(matches.get(lead.id)).toBe(7);
});

test("another number is another person, whatever its extension", async () => {
  const theirs = ["+74951234568,5"];
  const candidate = { id: 7, name: lead.name, madeAt: SECONDS, isOurs: false, contactKeys: theirs };
  const matches = await matchLeads([{ ...lead, contactKeys: ["+74951234567,5"] }], [], [candidate]);

  expect(matches.get(lead.id)).toBe("unsure");
});

test("a lead of Kommo may be as much later than ours as the settings say that a request may be late", async () => {
  const phone = "+74951234567";
  const sent = { ...aLeadToSend({ name: "Иван", phone }), sentAt: lead.sentAt, sentUntil: null };
  const matchAfter = async (minutes: number, lateMinutes: number) => {
    const own = toUnconfirmed(sent, { version: 1, mapping: aMapping() }, lateMinutes * 60_000);
    const madeAt = SECONDS + minutes * 60 - 30;
    const candidate = { id: 7, name: own.name, madeAt, isOurs: false, contactKeys: [phone] };
    return (await matchLeads([own], [], [candidate])).get(own.id);
  };

  expect(await matchAfter(6, 0.5)).toBe(7);
  expect(await matchAfter(20, 6)).not.toBe(7);
  expect(await matchAfter(20, 20)).toBe(7);
  expect(await matchAfter(30, 20)).not.toBe(7);
});
