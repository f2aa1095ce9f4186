import { expect, test } from "vitest";
import { type PastLead, tryRouting } from "@/lib/domain/routing/try-routing";
import {
  ANNA,
  aLeadToRoute,
  aMember,
  aPool,
  aRouting,
  ILYA,
  users,
  WEDNESDAY,
} from "@/tests/support/routing";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ABOUT: Omit<Parameters<typeof tryRouting>[1], "routing"> = {
  ...{ users, zone: "Europe/Moscow", sources: [] },
  ...{ userOfAuthor: new Map(), owners: new Map() },
};
const aPastLead = (at: number): PastLead => ({ ...aLeadToRoute(), at, given: null });
const toName = String;

test("a trial lets others have the process every hundred leads", async () => {
  let pauses = 0;
  const leads = Array.from({ length: 250 }, (_, index) => aPastLead(WEDNESDAY + index * MINUTE));

  const { leads: tried } = await tryRouting(
    leads,
    { ...ABOUT, routing: aRouting({ pools: [aPool([ANNA])] }) },
    {
      toName,
      pause: async () => {
        pauses += 1;
      },
    },
  );

  expect({ tried, pauses }).toEqual({ tried: 250, pauses: 2 });
});

test("a trial knows who was there in each minute, and counts each day afresh", async () => {
  const untilThree = { days: [3], from: "09:00", to: "15:01" };
  const routing = aRouting({
    pools: [aPool([ANNA, ILYA], { way: "fewest" })],
    people: [aMember(ANNA, { hours: untilThree }), aMember(ILYA, { cap: 1 })],
  });
  // Two leads while Anna is there, and two a minute later; one more on the next day.
  const times = [WEDNESDAY, WEDNESDAY + 30_000, WEDNESDAY + MINUTE, WEDNESDAY + MINUTE, WEDNESDAY + DAY];

  const { people } = await tryRouting(
    times.map(aPastLead),
    { ...ABOUT, routing },
    { toName, pause: async () => {} },
  );

  expect(people.map(({ userId, leads }) => [userId, leads])).toEqual([
    [null, 2],
    [ILYA, 2],
    [ANNA, 1],
  ]);
});
