import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { leadStates, type Transition, transitions } from "@/lib/domain/lead/states";

const EDGE = /^ {2}(\w+) --> (\w+)/gm;
/** Names in the diagram that stand for several states. */
const GROUPS: Record<string, Transition> = { any_state: "confirm", not_in_kommo: "restore" };

const drawn = [...readFileSync("docs/architecture.md", "utf8").matchAll(EDGE)].flatMap(
  ([, from = "", to = ""]) => {
    const group = GROUPS[from];
    const states: readonly string[] = group ? transitions[group].from : [from];
    return states.map((state) => `${state} → ${to}`);
  },
);
const allowed = Object.values(transitions).flatMap(({ from, to }) => from.map((state) => `${state} → ${to}`));

describe("the states of a lead", () => {
  test("the diagram of docs/architecture.md draws every allowed transition and no other", () => {
    expect(new Set(drawn)).toEqual(new Set(allowed));
  });

  test("every state but the one of suspicious leads, which begin in it, is reached by a transition", () => {
    const reached: string[] = Object.values(transitions).map(({ to }) => to);

    expect(leadStates.filter((state) => !reached.includes(state))).toEqual(["to_check"]);
  });

  test("nothing leaves confirmed", () => {
    expect(allowed.filter((edge) => edge.startsWith("confirmed"))).toEqual([]);
  });
});
