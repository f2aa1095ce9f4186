import { expect, test } from "vitest";
import type { Outcome } from "@/components/lead/send-lead";
import type { DeviceLead } from "@/components/offline/device-lead";
import { type Round, sendKept } from "@/components/offline/send-kept";

const saved: Outcome = { kind: "saved" };
const offline: Outcome = { kind: "problem", problem: "offline" };

function aKept(id: string, more: Partial<DeviceLead> = {}): DeviceLead {
  const lead = { id, name: `Lead ${id}` };
  return {
    id,
    personId: "jane",
    order: Number(id),
    at: 0,
    lead,
    corrects: null,
    undone: null,
    problem: null,
    wrong: [],
    ...more,
  };
}

/** A device with these leads, and a server that answers by id. */
function aDevice(leads: DeviceLead[], answer: (id: string) => Outcome | Promise<Outcome> = () => saved) {
  const store = new Map(leads.map((lead) => [lead.id, lead]));
  const held = new Set<string>();
  const asked: string[] = [];
  const round: Round = {
    list: async () => [...store.values()],
    find: async (id) => store.get(id),
    change: async (id, change) => {
      const before = store.get(id);
      const after = before && change(before);
      if (after) store.set(id, after);
      else store.delete(id);
    },
    send: async ({ lead }) => {
      const { id } = lead as { id: string };
      asked.push(`send ${id}`);
      return answer(id);
    },
    withdraw: async (id) => {
      asked.push(`withdraw ${id}`);
      const outcome = await answer(id);
      return outcome.kind === "problem" ? outcome.problem : undefined;
    },
    hold: async (name) => {
      if (held.has(name)) return undefined;
      held.add(name);
      return () => void held.delete(name);
    },
    onSending: () => undefined,
  };
  return { round, store, held, asked };
}

test("leads leave in the order in which they were typed, and are gone from the device once saved", async () => {
  const { round, store, held, asked } = aDevice([aKept("1"), aKept("2"), aKept("3")]);

  expect(await sendKept(round)).toBe(false);

  expect(asked).toEqual(["send 1", "send 2", "send 3"]);
  expect([store.size, held.size]).toEqual([0, 0]);
});

test("one that is refused, and one that gets no answer, do not hold up the next", async () => {
  const answers: Record<string, Outcome> = {
    1: { kind: "invalid", fields: { phone: "too_long" } },
    2: offline,
  };
  const { round, store } = aDevice([aKept("1"), aKept("2"), aKept("3")], (id) => answers[id] ?? saved);

  await sendKept(round);

  expect([...store.values()].map(({ id, problem }) => [id, problem])).toEqual([
    ["1", "invalid"],
    ["2", null],
  ]);
});

test("whoever is signed out, or has become another person, is asked once and sends nothing", async () => {
  const { round, store, asked } = aDevice([aKept("1"), aKept("2")], () => ({
    kind: "problem",
    problem: "signed_out",
  }));

  expect(await sendKept(round)).toBe(true);

  expect([store.size, asked]).toEqual([2, ["send 1"]]);
});

test("without an answer nobody knows whether the person is signed out", async () => {
  const { round } = aDevice([aKept("1")], () => offline);

  expect(await sendKept(round)).toBeUndefined();
});

test("of two tabs one sends", async () => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const { round, asked } = aDevice([aKept("1")], () => promise);

  const first = sendKept(round);
  expect(await sendKept(round)).toBeUndefined();
  resolve(saved);
  await first;

  expect(asked).toEqual(["send 1"]);
});

test("a lead that is in a form stays, and so does one that another tab has sent or changed meanwhile", async () => {
  const { round, store, held, asked } = aDevice([aKept("1"), aKept("2"), aKept("3")], (id) => {
    if (id === "1") store.delete("2");
    return saved;
  });
  held.add("3");

  await sendKept(round);

  expect(asked).toEqual(["send 1"]);
  expect([...store.keys()]).toEqual(["3"]);
});

test("what was undone is withdrawn and not sent", async () => {
  const { round, store, asked } = aDevice([
    aKept("1", { undone: "asked" }),
    aKept("2", { undone: "certain" }),
  ]);

  await sendKept(round);

  expect(asked).toEqual(["withdraw 1"]);
  expect([...store.keys()]).toEqual(["2"]);
});

test("a store that breaks in the middle gives everything back that was held", async () => {
  const { round, held } = aDevice([aKept("1")]);

  await expect(sendKept({ ...round, change: () => Promise.reject(new Error("gone")) })).rejects.toThrow(
    "gone",
  );

  expect(held.size).toBe(0);
});

test.each([saved, { kind: "invalid", fields: { phone: "too_long" } } satisfies Outcome])(
  "an answer to older words leaves newer ones as they are: %o",
  async (outcome) => {
    const newer = aKept("1", { at: 5 });
    const { round, store } = aDevice([aKept("1")], () => {
      store.set("1", newer);
      return outcome;
    });

    await sendKept(round);

    expect(store.get("1")).toBe(newer);
  },
);
