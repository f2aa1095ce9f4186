import { describe, expect, test } from "vitest";
import { decideBatch, decideSearched, type Result, toBatchLimit } from "@/lib/delivery/decide";
import type { Recipient } from "@/lib/domain/mapping/schema";
import { AppError, type ErrorCode } from "@/lib/errors";
import { toProblem } from "@/lib/kommo/problem";

const NOW = 1_763_719_200_000;
const UPTIME = 5_000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const PROBLEM_JSON = "application/problem+json";
const ARRIVAL = { uid: "u", leadId: 7, contactId: 8 };

type More = {
  tries?: number;
  failedAlone?: number;
  createdAt?: number;
  recipient?: Recipient;
  contactId?: number | null;
};
const aSent = (id: string, more: More = {}) => ({
  ...{ id, tries: 0, dueAt: NOW - 5, failedAlone: 0, createdAt: NOW - 10 },
  ...more,
});
const two = [aSent("a"), aSent("b")];
const decide = (result: Result, leads = two) =>
  decideBatch(leads, result, { now: NOW, uptime: UPTIME, lateMs: 6 * MINUTE }, () => 0.5);
const post = (status: number, text: string, contentType: string) =>
  toProblem({ method: "POST", status, text, contentType });

describe("after a POST", () => {
  const withAnna = aSent("a", { recipient: { userId: 7, tags: [] } });
  const refuse = (path: string, request_id = "a") =>
    post(
      400,
      JSON.stringify({
        "validation-errors": [{ request_id, errors: [{ code: "NotSupportedChoice", path }] }],
      }),
      PROBLEM_JSON,
    );
  const again = { move: "requeue", problem: null, dueAt: NOW };

  test.each(["_embedded.leads.0.responsible_user_id", "0._embedded.contacts.0.responsible_user_id"])(
    "a recipient that Kommo refuses at %s is left out, and the lead goes again at once",
    (path) => {
      const decisions = decide(refuse(path), [withAnna, aSent("b")]);

      expect(decisions.get("a")).toEqual({ ...again, withoutRecipient: { isSure: true } });
      expect(decisions.get("b")).toMatchObject({ move: "suspect" });
    },
  );

  test("a refusal that does not say where may be for the recipient, once", () => {
    expect(decide(refuse(""), [withAnna]).get("a")).toEqual({
      ...again,
      withoutRecipient: { isSure: false },
    });
    expect(decide(refuse(""), [aSent("a")]).get("a")).toMatchObject({ move: "reject" });
    expect(decide(refuse("_embedded.leads.0.name"), [withAnna]).get("a")).toMatchObject({ move: "reject" });
  });

  describe("a lead that is added to a contact", () => {
    const added = aSent("a", { recipient: { userId: 7, tags: [] }, contactId: 9 });
    const refuseWith = (...errors: { code: string; path: string }[]) =>
      post(400, JSON.stringify({ "validation-errors": [{ request_id: "a", errors }] }), PROBLEM_JSON);
    const CONTACT = { code: "NotSupportedChoice", path: "_embedded.contacts.0.id" };
    const RECIPIENT = { code: "NotSupportedChoice", path: "_embedded.leads.0.responsible_user_id" };

    test("goes again at once without a contact that Kommo refuses, and the others are looked for", () => {
      const decisions = decide(refuseWith(CONTACT), [added, aSent("b")]);

      expect(decisions.get("a")).toEqual({ ...again, withoutContact: { isNotTaken: false } });
      expect(decisions.get("b")).toMatchObject({ move: "suspect" });
    });

    test("shows an account that takes no ids at all", () => {
      const indexed = { code: "FieldNotExpected", path: "0._embedded.contacts.0.id" };

      expect(decide(refuseWith(indexed), [added]).get("a")).toEqual({
        ...again,
        withoutContact: { isNotTaken: true },
      });
    });

    test("goes without both that Kommo names, and first without the contact where it names nothing", () => {
      expect(decide(refuseWith(CONTACT, RECIPIENT), [added]).get("a")).toEqual({
        ...again,
        ...{ withoutContact: { isNotTaken: false }, withoutRecipient: { isSure: true } },
      });
      const nowhere = refuseWith({ code: "NotSupportedChoice", path: "" });
      expect(decide(nowhere, [added]).get("a")).toEqual({ ...again, withoutContact: { isNotTaken: false } });
    });

    test("is rejected for anything else, and one that is a new contact for its id", () => {
      const name = refuseWith({ code: "InvalidType", path: "_embedded.leads.0.name" });
      expect(decide(name, [added]).get("a")).toMatchObject({ move: "reject" });
      expect(decide(refuseWith(CONTACT), [aSent("a", { contactId: null })]).get("a")).toMatchObject({
        move: "reject",
      });
    });

    test.each(["_embedded.contacts.0", "0._embedded.contacts.0.name"])(
      "goes without its contact, of which it sends the id alone, when Kommo names %s",
      (path) => {
        const refused = refuseWith({ code: "FieldMissing", path });
        expect(decide(refused, [added]).get("a")).toEqual({
          ...again,
          withoutContact: { isNotTaken: false },
        });
      },
    );

    test("goes at once without its contact when Kommo does not take it alone", () => {
      expect(decide(post(413, "", "text/html"), [added]).get("a")).toMatchObject({
        ...{ move: "requeue", dueAt: NOW, withoutContact: { isNotTaken: false } },
      });
    });
  });

  test("a lead that Kommo does not take alone goes without its recipient before a person is asked", () => {
    const untaken = post(413, "", "text/html");
    const decideAfter = (failedAlone: number, createdAt: number, recipient = withAnna.recipient) =>
      decide(untaken, [aSent("a", { failedAlone, createdAt, recipient })]).get("a");

    expect(decideAfter(2, NOW - 20 * MINUTE)).toMatchObject({
      ...{ move: "requeue", dueAt: NOW, withoutRecipient: { isSure: false } },
    });
    const recipient = { userId: null, tags: [] };
    expect(decideAfter(3, NOW - 20 * MINUTE, recipient)).toMatchObject({ move: "ask_admin" });
    // Within that time it may be Kommo that takes nothing of anybody.
    for (const early of [decideAfter(1, NOW - 20 * MINUTE), decideAfter(9, NOW - MINUTE)]) {
      expect(early).toMatchObject({ move: "requeue" });
      expect(early).not.toHaveProperty("withoutRecipient");
    }
  });

  test("a success with our ids confirms, and a lead that it leaves out is unconfirmed", () => {
    const decisions = decide(new Map([["a", ARRIVAL]]));

    expect(decisions.get("a")).toEqual({ move: "confirm", arrival: ARRIVAL });
    expect(decisions.get("b")).toMatchObject({ move: "suspect", settlesAt: UPTIME + 20 * SECOND });
  });

  test.each([
    { status: 500, text: '{"status":500}', type: "application/json", settlesMs: 20 * SECOND },
    { status: 500, text: "<html>", type: "text/html", settlesMs: 6 * MINUTE },
    { status: 502, text: "<html>", type: "text/html", settlesMs: 6 * MINUTE },
    { status: 503, text: "", type: "", settlesMs: 6 * MINUTE },
    { status: 504, text: "<html>", type: "text/html", settlesMs: 6 * MINUTE },
    { status: 520, text: "error code: 520", type: "text/plain", settlesMs: 6 * MINUTE },
    { status: 524, text: "<html>", type: "text/html", settlesMs: 6 * MINUTE },
    { status: 408, text: "", type: "", settlesMs: 6 * MINUTE },
    { status: 400, text: '{"detail":"system error"}', type: PROBLEM_JSON, settlesMs: 20 * SECOND },
    { status: 429, text: '{"retry_after":5}', type: PROBLEM_JSON, settlesMs: 20 * SECOND },
    { status: 429, text: "<html>", type: "text/html", settlesMs: 6 * MINUTE },
    { status: 403, text: "403 Forbidden", type: "text/plain", settlesMs: 6 * MINUTE },
    { status: 404, text: "<html>", type: "text/html", settlesMs: 6 * MINUTE },
    { status: 302, text: "", type: "", settlesMs: 6 * MINUTE },
  ])("$status $text leaves the batch unconfirmed for $settlesMs ms", ({ status, text, type, settlesMs }) => {
    const decisions = decide(post(status, text, type));

    expect([...decisions.values()]).toEqual(
      Array(2).fill({
        move: "suspect",
        dueAt: NOW + 2 * SECOND,
        settlesAt: UPTIME + settlesMs,
        isHalved: status !== 429,
      }),
    );
  });

  test("no answer at all leaves the batch unconfirmed for six minutes", () => {
    expect(decide(new AppError("unclear")).get("a")).toMatchObject({
      move: "suspect",
      settlesAt: UPTIME + 6 * MINUTE,
    });
  });

  test.each<[number, ErrorCode]>([
    [401, "token_refused"],
    [402, "plan_unpaid"],
    [403, "blocked"],
    [404, "account_missing"],
  ])("%s of Kommo's application keeps the leads in their place", (status, problem) => {
    const error = post(status, "{}", PROBLEM_JSON);

    expect(decide(error).get("a")).toEqual({ move: "requeue", problem, dueAt: NOW - 5 });
  });

  test.each([405, 413, 415, 422])("%s takes nothing: the leads go again in halves", (status) => {
    const decision = decide(post(status, "", "text/html")).get("a");

    expect(decision).toEqual({ move: "requeue", problem: "not_accepted", dueAt: NOW, isHalved: true });
  });

  test("what Kommo does not take alone, three times and for a quarter of an hour, is for a person", () => {
    const error = post(413, "", "text/html");

    expect(decide(error, [aSent("a", { failedAlone: 1 })]).get("a")).toMatchObject({ move: "requeue" });
    expect(decide(error, [aSent("a", { failedAlone: 2 })]).get("a")).toMatchObject({ move: "requeue" });
    const old = { failedAlone: 2, createdAt: NOW - 16 * MINUTE };
    expect(decide(error, [aSent("a", old)]).get("a")).toEqual({
      move: "ask_admin",
      problem: "unsendable",
    });
  });

  test("a request that never left is tried again after a while", () => {
    expect(decide(new AppError("unreachable")).get("a")).toEqual({
      move: "requeue",
      problem: "unreachable",
      dueAt: NOW + 5 * SECOND,
      isBackOff: true,
    });
  });
});

describe("a rejection", () => {
  const errors = [{ code: "InvalidType", path: "name" }];
  const reject = (...ids: (string | undefined)[]) =>
    new AppError("refused", { detail: ids.map((request_id) => ({ request_id, errors })) });

  test("is the named leads' to fix; the others are looked for until it has settled", () => {
    const decisions = decide(reject("a"));

    expect(decisions.get("a")).toEqual({ move: "reject", errors });
    expect(decisions.get("b")).toEqual({
      move: "suspect",
      dueAt: NOW + 2 * SECOND,
      settlesAt: UPTIME + 20 * SECOND,
      isHalved: false,
    });
  });

  test("that names nobody of the batch leaves all unconfirmed, to go again in halves", () => {
    expect(decide(reject("0")).get("a")).toMatchObject({ move: "suspect", isHalved: true });
    expect(decide(reject(undefined)).get("b")).toMatchObject({ move: "suspect", isHalved: true });
  });

  test("of a lead alone is its own, whatever name it bears", () => {
    expect(decide(reject("0"), [aSent("a")]).get("a")).toEqual({ move: "reject", errors });
  });
});

describe("after a look in Kommo", () => {
  const lead = {
    tries: 0,
    createdAt: NOW - MINUTE,
    sentAt: NOW - 8 * SECOND,
    settlesAt: UPTIME,
    batchLimit: null,
    failedAlone: 0,
  };
  const times = { now: NOW, uptime: UPTIME };

  test("what is found is confirmed", () => {
    expect(decideSearched(lead, ARRIVAL, times)).toEqual({ move: "confirm", arrival: ARRIVAL });
  });

  test("what is absent before it has settled is looked for again, ever more rarely", () => {
    const early = { ...lead, settlesAt: UPTIME + MINUTE };

    expect(decideSearched(early, "absent", times)).toEqual({
      move: "suspect",
      dueAt: NOW + 8 * SECOND,
      settlesAt: UPTIME + MINUTE,
      isHalved: false,
    });
  });

  test("what is absent once it has settled goes again", () => {
    expect(decideSearched(lead, "absent", times)).toMatchObject({ move: "requeue", dueAt: NOW });
  });

  test("what failed in company goes on at once in a smaller batch; only failures alone make it wait longer", () => {
    const decideWith = (more: { batchLimit?: number; failedAlone?: number }) =>
      decideSearched({ ...lead, tries: 2, ...more }, "absent", times, () => 0.5);

    expect(decideWith({ batchLimit: 4 })).toEqual({
      move: "requeue",
      problem: null,
      isResent: true,
      dueAt: NOW,
    });
    expect(decideWith({ batchLimit: 1, failedAlone: 1 })).toMatchObject({ dueAt: NOW + 15 * SECOND });
    expect(decideWith({})).toMatchObject({ dueAt: NOW + 15 * SECOND, isBackOff: true });
  });

  test("what cannot be told is for a person, but not before it has settled", () => {
    const early = { ...lead, settlesAt: UPTIME + 1 };

    expect(decideSearched(early, "unsure", times)).toMatchObject({ move: "suspect" });
    expect(decideSearched(lead, "unsure", times)).toEqual({ move: "ask_admin", problem: "unclear" });
    expect(decideSearched(lead, "merged", times)).toEqual({ move: "ask_admin", problem: "merged" });
  });

  test("lists that show none of ours are read for five minutes more before a person is asked", () => {
    const decideAfter = (ms: number) => decideSearched({ ...lead, settlesAt: UPTIME - ms }, "unshown", times);

    expect(decideAfter(5 * MINUTE - 1)).toMatchObject({
      move: "suspect",
      settlesAt: UPTIME - 5 * MINUTE + 1,
    });
    expect(decideAfter(5 * MINUTE)).toEqual({ move: "ask_admin", problem: "unclear" });
  });

  test("a look that could not be finished is repeated", () => {
    expect(decideSearched(lead, undefined, times)).toMatchObject({ move: "suspect", settlesAt: UPTIME });
  });

  test("the longer looks have failed, the longer is the pause to the next one, up to five minutes", () => {
    const pauseAfter = (failedMs: number) => {
      const decision = decideSearched({ ...lead, tries: 0, settlesAt: UPTIME - failedMs }, undefined, times);
      return decision.move === "suspect" ? decision.dueAt - NOW : undefined;
    };

    expect(pauseAfter(MINUTE)).toBe(MINUTE);
    expect(pauseAfter(2 * MINUTE)).toBe(2 * MINUTE);
    expect(pauseAfter(60 * MINUTE)).toBe(5 * MINUTE);
  });

  test("a lead that is added to a contact and failed alone twice goes without it", () => {
    const decideAfter = (failedAlone: number) =>
      decideSearched({ ...lead, failedAlone, contactId: 9 }, "absent", times);

    expect(decideAfter(1)).not.toHaveProperty("withoutContact");
    expect(decideAfter(2)).toEqual({
      ...{ move: "requeue", problem: null, dueAt: NOW, isResent: true },
      withoutContact: { isNotTaken: false },
    });
  });

  test("a lead that failed alone three times is for a person, a quarter of an hour after it was saved", () => {
    const old = { ...lead, createdAt: NOW - 16 * MINUTE };

    expect(decideSearched({ ...lead, failedAlone: 3 }, "absent", times)).toMatchObject({ move: "requeue" });
    expect(decideSearched({ ...old, failedAlone: 2 }, "absent", times)).toMatchObject({ move: "requeue" });
    expect(decideSearched({ ...old, failedAlone: 3 }, "absent", times)).toEqual({
      move: "ask_admin",
      problem: "unsendable",
    });
  });

  test("before a person is asked, it goes once without its recipient", () => {
    const old = { ...lead, createdAt: NOW - 16 * MINUTE, failedAlone: 3 };

    expect(decideSearched({ ...old, recipient: { userId: 7, tags: [] } }, "absent", times)).toEqual({
      ...{ move: "requeue", problem: null, dueAt: NOW, isResent: true },
      withoutRecipient: { isSure: false },
    });
    expect(decideSearched({ ...old, recipient: { userId: null, tags: [] } }, "absent", times)).toEqual({
      move: "ask_admin",
      problem: "unsendable",
    });
  });
});

test("a batch without an answer halves what may go together, down to one", () => {
  const suspect = { move: "suspect", dueAt: 0, settlesAt: 0, isHalved: true } as const;

  expect([50, 25, 3, 1].map((size) => toBatchLimit(suspect, size))).toEqual([25, 12, 1, 1]);
  expect(toBatchLimit({ ...suspect, isHalved: false }, 50)).toBeUndefined();
});
