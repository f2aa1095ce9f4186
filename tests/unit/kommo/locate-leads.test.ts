import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isOursShown } from "@/lib/delivery/verify/is-ours-shown";
import type { CallOptions } from "@/lib/kommo/client";
import { listContactKeys } from "@/lib/kommo/contacts";
import { listDeletedById, listLeadsById } from "@/lib/kommo/leads";
import { locateLeads } from "@/lib/kommo/locate-leads";
import { stubSettings } from "@/tests/support/settings";
import { freeSlot } from "@/tests/support/slots";

beforeAll(() => stubSettings("https://model.test", "a.b.c"));
afterAll(() => vi.unstubAllEnvs());

type Account = {
  standing: number[];
  trashed: number[];
  contacts?: number[];
  hasFilters?: boolean;
  odd?: number;
};

/** An account of so many leads, with the filter add-on or without it. */
function aKommo({ standing, trashed, contacts = [], hasFilters = true, odd = 0 }: Account) {
  const asked: string[] = [];
  const pick = (url: URL) => (url.pathname.includes("/contacts") ? contacts : standing);
  const list = (url: URL) => {
    const of = url.searchParams.get("with") === "only_deleted" ? trashed : pick(url);
    const ids = url.searchParams.getAll("filter[id][]").map(Number);
    const shown = hasFilters && ids.length > 0 ? of.filter((id) => ids.includes(id)) : of;
    const from = (Number(url.searchParams.get("page") ?? 1) - 1) * 250;
    const page = shown.slice(from, from + 250);
    const _links = shown.length > from + 250 ? { next: { href: "/" } } : {};
    const leads = [...page.map((id) => ({ id })), ...Array(odd).fill({ name: "?" })];
    return leads.length === 0 ? undefined : { _links, _embedded: { leads, contacts: leads } };
  };
  const answer = (url: URL) => {
    const single = /\/(\d+)$/.exec(url.pathname)?.[1];
    if (single === undefined) return list(url);
    return pick(url).includes(Number(single)) ? { id: Number(single) } : undefined;
  };
  const options: CallOptions = {
    slot: freeSlot,
    connection: { baseUrl: "https://model.test", token: "a.b.c" },
    transport: async (url) => {
      asked.push(url.pathname + url.search);
      const body = answer(url);
      async function* read() {
        if (body) yield Buffer.from(JSON.stringify(body));
      }
      return Object.assign(read(), { statusCode: body ? 200 : 204, headers: {} });
    },
  };
  return { asked, options };
}

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

test("leads stand, lie in the trash, or are nowhere", async () => {
  const { options, asked } = aKommo({ standing: [1, 2], trashed: [3] });

  const { standing, trashed } = await locateLeads([1, 2, 3, 4], options);

  expect([[...standing], [...trashed]]).toEqual([[1, 2], [3]]);
  expect(asked).toHaveLength(2);
});

test("fifty are asked for in one request, and the trash only for those that do not stand", async () => {
  const { options, asked } = aKommo({ standing: upTo(120), trashed: [] });

  const { standing } = await locateLeads(upTo(120), options);

  expect(standing.size).toBe(120);
  expect(asked).toHaveLength(3);
});

test("an account that ignores filters does not make a lead stand that is not there", async () => {
  const { options } = aKommo({ standing: upTo(600, 1000), trashed: upTo(300, 5000), hasFilters: false });

  const { standing, trashed } = await locateLeads([7, 1000, 1599, 5000, 5299], options);

  expect([[...standing].toSorted(), [...trashed].toSorted()]).toEqual([
    [1000, 1599],
    [5000, 5299],
  ]);
});

test("nothing is said of a lead when a record of the answer is not understood", async () => {
  const { options } = aKommo({ standing: [1], trashed: [], odd: 1 });

  await expect(locateLeads([1, 2], options)).rejects.toMatchObject({ code: "busy" });
});

test("where the trash of an account without filters is too long, what does not stand and was not seen there is unread", async () => {
  const { options } = aKommo({ standing: [30_000], trashed: upTo(10_001), hasFilters: false });

  const { standing, trashed, unread } = await locateLeads([5, 20_000, 30_000], options);

  expect([[...standing], [...trashed], [...unread]]).toEqual([[30_000], [5], [20_000]]);
});

describe("an account that ignores filters", () => {
  const standing = upTo(600, 1000);
  const trashed = upTo(600, 5000);

  test("shows of the leads by their ids those that were asked for, wherever they are in its lists", async () => {
    const { options } = aKommo({ standing, trashed, hasFilters: false });

    const [leads, deleted] = [
      await listLeadsById([7, 1000, 1599], options),
      await listDeletedById([7, 5000], options),
    ];

    expect([leads, deleted].map((list) => list.map(({ id }) => id))).toEqual([[1000, 1599], [5000]]);
  });

  test("does not show our leads by showing others", async () => {
    const { options } = aKommo({ standing, trashed, hasFilters: false });
    const isShown = (...ids: number[]) => isOursShown({ listNewestStanding: async () => ids }, options);

    expect(await isShown(7, 8)).toBe(false);
    expect(await isShown(7, 1599)).toBe(true);
  });

  test("tells the contacts that were asked for, unless they are too many to ask for each", async () => {
    const { options } = aKommo({ standing, trashed, contacts: upTo(600), hasFilters: false });

    const keys = await listContactKeys([1, 599, 700], options);

    expect([...(keys ?? [])].map(([id]) => id)).toEqual([1, 599]);
    expect(await listContactKeys(upTo(101, 400), options)).toBeUndefined();
  });
});
