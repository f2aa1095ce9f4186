import { describe, expect, test } from "vitest";
import { checkPresses, type Effect, type Press } from "@/tests/support/storm/check-presses";

const ID = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";

/** One after the other, each answered after 10 ms. */
function aHistory(...presses: Partial<Press>[]): Press[] {
  return presses.map((press, index) => ({
    leadId: ID,
    act: "save",
    words: "",
    began: index * 100,
    ended: index * 100 + 10,
    answer: "done",
    ...press,
  }));
}

const saved = { act: "save", words: "Иван" } as const;
const withdrawn = { act: "withdraw" } as const;
const corrected = { act: "correct", words: "Пётр" } as const;
const erased = { act: "erase" } as const;
const late = { answer: "already_left" } as const;
const unanswered = { answer: undefined, ended: Infinity } as const;
const look = (answer: string) => ({ act: "look", answer }) as const;

const inKommo = (...copies: string[]): Effect => ({ state: "confirmed", copies });
const isWithdrawn: Effect = { state: "withdrawn", copies: [] };

function isExplained(presses: Press[], effect: Effect): boolean {
  return checkPresses(presses, () => effect).length === 0;
}

describe("a history is explained", () => {
  test.each<[string, Press[], Effect]>([
    ["a lead arrives once", aHistory(saved), inKommo("Иван")],
    ["a press twice is one lead", aHistory({ ...saved, ...unanswered }, saved), inKommo("Иван")],
    ["withdrawn, it never left", aHistory(saved, withdrawn), isWithdrawn],
    ["the withdrawal was too late", aHistory(saved, { ...withdrawn, ...late }), inKommo("Иван")],
    ["corrected, it arrived so", aHistory(saved, corrected), inKommo("Пётр")],
    ["the correction was too late", aHistory(saved, { ...corrected, ...late }), inKommo("Иван")],
    ["brought back from the withdrawn", aHistory(saved, withdrawn, corrected), inKommo("Пётр")],
    ["an unanswered withdrawal worked", aHistory(saved, { ...withdrawn, ...unanswered }), isWithdrawn],
    [
      "an unanswered correction was applied after the withdrawal",
      aHistory(saved, { ...corrected, ...unanswered }, withdrawn),
      inKommo("Пётр"),
    ],
    [
      "of two presses at the same time the second came first",
      aHistory(saved, { ...withdrawn, began: 100, ended: 150 }, { ...corrected, began: 100, ended: 120 }),
      isWithdrawn,
    ],
    [
      "of many presses in vain one worked",
      aHistory(...Array(30).fill({ ...saved, ...unanswered }), look("held"), { ...withdrawn, ...unanswered }),
      inKommo("Иван"),
    ],
    ["erased, nothing is there", aHistory(saved, erased), { state: undefined, copies: [] }],
    ["erased after it left", aHistory(saved, erased), { state: undefined, copies: ["Иван"] }],
    [
      "a repetition after it was erased saved nothing",
      aHistory(saved, erased, saved),
      { state: undefined, copies: ["Иван"] },
    ],
    [
      "a press that came after it was undone saved nothing",
      aHistory({ ...withdrawn, answer: "not_found" }, { ...saved, answer: "changed_meanwhile" }),
      { state: undefined, copies: [] },
    ],
    ["a person is asked", aHistory(saved), { state: "needs_admin", copies: [] }],
    ["seen while held and after it left", aHistory(saved, look("held"), look("sending")), inKommo("Иван")],
  ])("%s", (_, presses, effect) => {
    expect(isExplained(presses, effect)).toBe(true);
  });
});

describe("no order explains", () => {
  test.each<[string, Press[], Effect]>([
    ["a lost lead", aHistory(saved), { state: undefined, copies: [] }],
    ["a lead called confirmed that is not in Kommo", aHistory(saved), inKommo()],
    ["a doubled lead", aHistory(saved), inKommo("Иван", "Иван")],
    ["a doubled lead with a person", aHistory(saved), { state: "needs_admin", copies: ["Иван", "Иван"] }],
    ["a withdrawal that was acknowledged and left", aHistory(saved, withdrawn), inKommo("Иван")],
    ["a withdrawn lead that left", aHistory(saved, withdrawn), { state: "withdrawn", copies: ["Иван"] }],
    ["a correction that was acknowledged and lost", aHistory(saved, corrected), inKommo("Иван")],
    ["a refused correction that arrived", aHistory(saved, { ...corrected, ...late }), inKommo("Пётр")],
    [
      "a withdrawal refused for a held lead",
      aHistory(saved, { ...withdrawn, ...late }, look("held")),
      inKommo("Иван"),
    ],
    [
      "a press that was answered after many in vain and is lost",
      aHistory(...Array(30).fill({ ...saved, ...unanswered }), saved),
      { state: undefined, copies: [] },
    ],
    ["an erased lead that is still there", aHistory(saved, erased), inKommo("Иван")],
    ["an erased lead that is there once more", aHistory(saved, erased, saved, look("held")), inKommo("Иван")],
    [
      "a lead that came after it was undone",
      aHistory({ ...withdrawn, answer: "not_found" }, saved),
      inKommo("Иван"),
    ],
    ["a saved lead that is not found", aHistory(saved, look("absent")), inKommo("Иван")],
    ["a withdrawn lead that is seen under way", aHistory(saved, withdrawn, look("queued")), isWithdrawn],
    ["a failure of the server", aHistory(saved, { ...withdrawn, answer: "status 500" }), inKommo("Иван")],
    [
      "an answered correction in the order of an earlier withdrawal",
      aHistory(saved, corrected, withdrawn),
      inKommo("Пётр"),
    ],
  ])("%s", (_, presses, effect) => {
    expect(isExplained(presses, effect)).toBe(false);
  });

  test("and what happened is told press by press", () => {
    const presses = aHistory(saved, withdrawn, { ...corrected, ...unanswered });

    expect(checkPresses(presses, () => inKommo("Иван"))).toEqual([
      `no order explains ${ID}
  save "Иван" 0–10 ms: done
  withdraw 100–110 ms: done
  correct "Пётр" 200–… ms: no answer
  confirmed; in Kommo: "Иван"`,
    ]);
  });
});
