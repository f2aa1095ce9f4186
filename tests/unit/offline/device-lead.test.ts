import { expect, test } from "vitest";
import { otherLeadProblems, type SendProblem } from "@/components/lead/send-lead";
import {
  type DeviceLead,
  isOnlyHere,
  isUnreachable,
  needsAuthor,
  toDeviceLead,
  toSent,
  toTask,
  toTyped,
  toWithdrawn,
} from "@/components/offline/device-lead";
import { aLead } from "@/tests/support/builders";

function aKept(more: Partial<DeviceLead> = {}): DeviceLead {
  const lead = aLead();
  return {
    ...{ id: lead.id, personId: "jane", order: 1, at: 0, lead },
    ...{ corrects: null, undone: null, problem: null, wrong: [] },
    ...more,
  };
}

const answered = (problem: SendProblem) => ({ kind: "problem", problem }) as const;

test("only where nobody has answered may a lead wait on the device", () => {
  const problems: SendProblem[] = [
    "signed_out",
    "already_left",
    "offline",
    "no_answer",
    "disk_full",
    "failed",
  ];

  expect(problems.filter(isUnreachable)).toEqual(["offline", "no_answer"]);
});

test("a lead that the server has saved is gone, and one that nobody has answered waits as before", () => {
  const kept = aKept({ problem: "failed" });

  expect(toSent(kept, { kind: "saved" })).toBeUndefined();
  for (const problem of ["offline", "no_answer", "signed_out"] as const) {
    expect(toSent(kept, answered(problem))).toEqual({ ...kept, problem: null });
  }
});

test("a refusal stays with its reason: what a person has to correct is not sent again, the rest is", () => {
  const invalid = toSent(aKept(), { kind: "invalid", fields: { email: "email_invalid" } });
  const others = otherLeadProblems.map((problem) => toSent(aKept(), answered(problem)));
  const later = (["disk_full", "failed"] as const).map((problem) => toSent(aKept(), answered(problem)));

  expect(invalid).toMatchObject({ problem: "invalid", wrong: ["email"] });
  expect(invalid && toTask(invalid)).toBeUndefined();
  expect(others.map((lead) => lead && [lead.problem, toTask(lead), needsAuthor(lead)])).toEqual([
    ["already_left", undefined, true],
    ["changed_meanwhile", undefined, true],
    ["not_found", undefined, true],
  ]);
  expect(later.map((lead) => lead && [lead.problem, toTask(lead)])).toEqual([
    ["disk_full", "send"],
    ["failed", "send"],
  ]);
});

test("only what its author has to look at is counted as waiting for a person", () => {
  const stuck = [aKept({ problem: "invalid" }), aKept({ problem: "already_left" }), aKept({ lead: "?" })];
  const others = [aKept(), aKept({ undone: "certain" }), aKept({ problem: "disk_full" })];

  expect(stuck.map(needsAuthor)).toEqual([true, true, true]);
  expect(others.map(needsAuthor)).toEqual([false, false, false]);
});

test("a refused correction of a lead that needs its author on the server is not counted a second time", () => {
  const ofState = (state: "held" | "needs_fix", problem: "invalid" | "not_found") =>
    aKept({ problem, corrects: { values: {}, custom: {}, byForm: undefined, opened: { state, at: 1 } } });

  expect(isOnlyHere(ofState("needs_fix", "invalid"))).toBe(false);
  expect(isOnlyHere(ofState("held", "invalid"))).toBe(true);
  expect(isOnlyHere(ofState("needs_fix", "not_found"))).toBe(true);
  expect(isOnlyHere(aKept({ problem: "invalid" }))).toBe(true);
  expect(isOnlyHere(aKept())).toBe(false);
});

test("a correction keeps how the lead was saved, and what an earlier version kept corrects nothing", () => {
  const saved = { values: { name: "Иван", email: "" }, custom: { "leads:7": "x" } };
  const stored = { id: "1", personId: "jane", lead: { name: "Олег" } };

  expect(toDeviceLead({ ...stored, corrects: saved })?.corrects).toEqual(saved);
  expect(toDeviceLead(stored)?.corrects).toBeNull();
  expect(toDeviceLead({ ...stored, corrects: "x" })?.corrects).toBeNull();
});

test("a lead that was undone while it was on its way is still to be withdrawn, whatever the answer", () => {
  const undone = aKept({ undone: "asked" });

  for (const outcome of [{ kind: "saved" } as const, answered("offline"), answered("failed")]) {
    const sent = toSent(undone, outcome);
    expect(sent && toTask(sent)).toBe("withdraw");
  }
});

test("an undone lead is withdrawn at the server, which may have saved it without an answer", () => {
  const undone = aKept({ undone: "asked" });
  expect(toTask(undone)).toBe("withdraw");

  expect(toWithdrawn(undone, undefined)).toBeUndefined();
  const certain = toWithdrawn(undone, "not_found");
  expect(certain).toMatchObject({ undone: "certain", nextId: expect.stringMatching(/^[\da-f-]{36}$/) });
  expect(certain && toTask(certain)).toBeUndefined();
  expect(toWithdrawn(undone, "already_left")).toMatchObject({ problem: "already_left" });
  for (const code of ["offline", "no_answer", "signed_out", "failed"]) {
    expect(toWithdrawn(undone, code)).toBe(undone);
  }
});

test("what an earlier version has stored is read as far as it goes", () => {
  const stored = {
    id: "1",
    personId: "jane",
    lead: { name: "Иван", phone: 7, custom: "x", nickname: "ваня" },
  };

  const read = toDeviceLead(stored);
  expect(read).toMatchObject({ order: 0, undone: null, problem: null, wrong: [], lead: stored.lead });
  expect(read && toTyped(read)).toMatchObject({ name: "Иван", phone: "", comment: "", custom: {} });
  expect(read && toTask(read)).toBe("send");
});

test("the contact of Kommo that was chosen for a lead is still chosen when it is opened again", () => {
  const read = toTyped(aKept({ lead: { ...aLead(), contact: 77 } }));

  expect(read?.contact).toBe(77);
  expect(toTyped(aKept({ lead: { ...aLead(), contact: "x" } }))?.contact).toBeUndefined();
});

test("what cannot be read as a lead is kept as it is, and not sent", () => {
  for (const lead of ["Иван +7 900", null, 7, { first: "Иван" }, [{ name: "Иван" }]]) {
    const read = toDeviceLead({ id: "1", personId: "jane", lead });
    expect(read?.lead).toBe(lead);
    expect(read && toTyped(read)).toBeUndefined();
    expect(read && toTask(read)).toBeUndefined();
  }
});
