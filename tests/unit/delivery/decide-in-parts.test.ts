import { describe, expect, test } from "vitest";
import { decideInParts } from "@/components/delivery/decide-in-parts";
import type { Answer } from "@/components/server/call-server";
import type { Unchanged } from "@/lib/delivery/schema";

const leads = Array.from({ length: 250 }, (_, index) => ({ id: String(index) }));
const toProgress = (done: number) => `${done} of 250`;

/** A server that answers part after part. */
function aServer(...answers: Answer<Unchanged[]>[]) {
  const parts: number[] = [];
  const decide = async (part: { id: string }[]): Promise<Answer<Unchanged[]>> => {
    parts.push(part.length);
    return answers.shift() ?? { ok: true, value: [] };
  };
  return { parts, decide };
}

function aRun() {
  const told: string[] = [];
  const stop = new AbortController();
  return { told, stop, run: { tell: (words: string) => void told.push(words), signal: stop.signal } };
}

describe("a decision on many leads", () => {
  test("goes in parts, tells how far it is, and gathers what stays as it is", async () => {
    const unchanged = { id: "120", reason: "changed_meanwhile" };
    const { parts, decide } = aServer({ ok: true, value: [] }, { ok: true, value: [unchanged] });
    const { told, run } = aRun();
    const decision = decideInParts(leads, { decide, toProgress });

    expect(await decision.run(run)).toBeUndefined();

    expect(parts).toEqual([100, 100, 50]);
    expect(told).toEqual(["0 of 250", "100 of 250", "200 of 250"]);
    expect(decision.decided).toEqual({ count: 249, unchanged: [unchanged] });
  });

  test("ends after the part during which the person stops it", async () => {
    const { parts, decide } = aServer();
    const { stop, run } = aRun();
    const decision = decideInParts(leads, {
      decide: (part) => {
        stop.abort();
        return decide(part);
      },
      toProgress,
    });

    expect(await decision.run(run)).toBeUndefined();

    expect(parts).toEqual([100]);
    expect(decision.decided.count).toBe(100);
  });

  test("goes on with the rest after a part that failed", async () => {
    const { parts, decide } = aServer({ ok: true, value: [] }, { ok: false, code: "offline" });
    const decision = decideInParts(leads, { decide, toProgress });

    expect(await decision.run(aRun().run)).toBe("offline");
    expect(await decision.run(aRun().run)).toBeUndefined();

    expect(parts).toEqual([100, 100, 100, 50]);
    expect(decision.decided.count).toBe(250);
  });

  test("is begun once a part is answered, though the person gives up after the next one failed", async () => {
    const { decide } = aServer({ ok: true, value: [] }, { ok: false, code: "offline" });
    const decision = decideInParts(leads, { decide, toProgress });
    expect(decision.isBegun()).toBe(false);

    await decision.run(aRun().run);

    expect(decision.isBegun()).toBe(true);
    expect(decision.decided.count).toBe(100);
  });

  test("on a single lead fails with the reason for which it stays as it is", async () => {
    const { decide } = aServer({ ok: true, value: [{ id: "0", reason: "id_taken" }] });
    const decision = decideInParts(leads.slice(0, 1), { decide, toProgress });

    expect(await decision.run(aRun().run)).toBe("id_taken");
    expect(decision.decided).toEqual({ count: 0, unchanged: [] });
    expect(decision.isBegun()).toBe(false);
  });
});
