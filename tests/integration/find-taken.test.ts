import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findTaken } from "@/lib/delivery/verify/find-in-kommo";
import { startPractice } from "@/practice/server";
import { postItems } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";
import { freeSlot } from "@/tests/support/slots";

const READABLE = 10_000;
const AT_ONCE = 250;

test("below more newer incoming leads than can be read, nobody can say that one was not taken", async () => {
  const practice = await startPractice({ requestsPerSecond: 0 });
  const newer = Array(AT_ONCE).fill(anItem({ created_at: 1_763_700_001 }));
  for (let count = 0; count <= READABLE; count += AT_ONCE) await postItems(practice, newer);
  const lead = { id: randomUUID(), createdAt: 1_763_700_000_000 };
  const connection = { baseUrl: practice.url, token: practice.token };

  const found = findTaken([lead], async () => new Map(), { slot: freeSlot, connection });

  await expect(found).rejects.toMatchObject({ code: "unclear" });
  await practice.close();
});
