import { expect, test } from "vitest";
import { type Candidate, listRelated } from "@/lib/delivery/verify/match";

const SENT = 1_763_719_200;
const LEAD = {
  id: "ours",
  createdAt: SENT * 1000,
  sentAt: SENT * 1000,
  batch: null,
  name: "Заявка: Иван",
  contactKeys: ["+79001234567"],
};

function aCandidate(id: number, more: Partial<Candidate>): Candidate {
  return { id, name: "Другой", madeAt: SENT, changedAt: SENT, isOurs: false, contactKeys: [], ...more };
}

async function listIds(candidates: Candidate[], isMerged = false): Promise<number[]> {
  const related = await listRelated([{ ...LEAD, isMerged }], candidates);
  return (related.get("ours") ?? []).map(({ id }) => id);
}

test("whoever has its contact at any time, or its name at its time, may be it, the nearest in time first", async () => {
  const far = aCandidate(1, { contactKeys: ["8 900 123-45-67"], madeAt: SENT - 86_400 });
  const near = aCandidate(2, { contactKeys: ["+79001234567"], madeAt: SENT + 60 });
  const namesake = aCandidate(3, { name: LEAD.name, madeAt: SENT + 30 });
  const earlier = aCandidate(4, { name: LEAD.name, madeAt: SENT - 86_400 });

  expect(await listIds([far, near, namesake, earlier, aCandidate(5, {})])).toEqual([3, 2, 1]);
});

test("a lead of ours may be it only where the two may have been merged", async () => {
  const older = aCandidate(1, { contactKeys: LEAD.contactKeys, madeAt: SENT - 86_400, isOurs: true });

  expect(await listIds([older])).toEqual([]);
  expect(await listIds([older], true)).toEqual([1]);
});
