import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { aLead } from "../builders.ts";
import type { Press } from "./check-presses.ts";

/** People who type, correct, withdraw, erase and look up leads in one of several desks, and what each of them was told. */
export type People = ReturnType<typeof createPeople>;

type Crowd = {
  /** The address of a running desk; undefined while there is none. */
  urlOf: (turn: number) => string | undefined;
  cookie: string;
  /** Answers the cookie of a new session: who erases must have signed in within the last ten minutes. */
  signIn: (url: string) => Promise<string>;
  /** The id of the action that erases leads. */
  eraseId: string;
  holdMs: number;
  random: () => number;
};

const PATIENCE_MS = 3000;
const PRESSED_AGAIN_MS = 300;
// Around the end of the hold, where a person and the claim meet.
const SPREAD_MS = 600;

/** What a person does with the lead after it was saved. */
export type Plan = "leave" | "look" | "withdraw" | "correct" | "both" | "bring back" | "erase";
const PLANS: readonly Plan[] = [
  "leave",
  "leave",
  "look",
  "withdraw",
  "correct",
  "both",
  "bring back",
  "erase",
];

export function createPeople({ urlOf, cookie, signIn, eraseId, holdMs, random }: Crowd) {
  const presses: Press[] = [];
  let turn = 0;
  let proven = cookie;
  const headers = { cookie, "content-type": "application/json" };
  const post = (path: string, body?: object) => (url: string) => {
    const sent = { method: "POST", headers, body: body && JSON.stringify(body) };
    return fetch(`${url}${path}`, { ...sent, signal: AbortSignal.timeout(PATIENCE_MS) }).then(toAnswer);
  };

  /** Presses until somebody answers, as a person would; each press stands in the history. */
  async function press(
    act: Press["act"],
    { id, words = "" }: { id: string; words?: string },
    ask: (url: string) => Promise<string>,
  ): Promise<string> {
    for (;;) {
      const url = urlOf(turn++);
      const began = performance.now();
      const answer = url && (await ask(url).catch(() => undefined));
      if (url) {
        const ended = answer === undefined ? Infinity : performance.now();
        presses.push({ leadId: id, act, words, began, ended, answer });
      }
      if (answer) return answer;
      await wait(PRESSED_AGAIN_MS);
    }
  }

  /** Types a lead; `afterMs` later its person does something else with it. */
  async function type(
    index: number,
    plan: Plan = PLANS[Math.floor(random() * PLANS.length)] ?? "leave",
    afterMs = holdMs + (random() - 0.5) * SPREAD_MS,
  ): Promise<void> {
    const lead = toLead(index);
    const { id } = lead;
    const words = toWords(lead);
    await press("save", { id, words }, post("/api/leads", lead));
    if (plan === "leave") return;
    await wait(afterMs);
    const withdraw = () => press("withdraw", { id }, post(`/api/leads/${id}/withdraw`));
    const other = { ...lead, name: `${lead.name}б` };
    const correct = () => press("correct", { id, words: toWords(other) }, post(`/api/leads/${id}`, other));
    if (plan === "withdraw") await withdraw();
    if (plan === "correct") await correct();
    if (plan === "both") await Promise.all([withdraw(), correct()]);
    if (plan === "erase") await press("erase", { id }, erase(id));
    if (plan === "bring back") {
      await withdraw();
      await correct();
    }
    await look(id, lead.phone);
  }

  function erase(id: string) {
    return async (url: string) => {
      const answer = await askToErase(id, url);
      if (answer !== "proof_needed") return answer;
      proven = await signIn(url);
      return askToErase(id, url);
    };
  }

  async function askToErase(id: string, url: string): Promise<string> {
    const answer = await fetch(`${url}/admin/privacy`, {
      method: "POST",
      headers: { cookie: proven, "next-action": eraseId, "content-type": "text/plain;charset=UTF-8" },
      body: JSON.stringify([{ ids: [id] }]),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const [, ok, code] = /\{"ok":(true|false)(?:,"code":"(\w+)")?/.exec(await answer.text()) ?? [];
    return ok === "true" ? "done" : (code ?? `status ${answer.status}`);
  }

  /** The duplicate hint: whoever was told "saved" finds the lead by its phone. */
  async function look(id: string, phone: string): Promise<void> {
    await press("look", { id }, async (url) => {
      const path = `/api/leads/duplicates?${new URLSearchParams({ phone })}`;
      const answer = await fetch(url + path, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.status === 429) return "too_many_requests";
      if (!answer.ok) return `status ${answer.status}`;
      const { matches } = hintSchema.parse(await answer.json());
      return matches.find(({ leadId }) => leadId === id)?.state ?? "absent";
    });
  }

  return { type, presses: (): readonly Press[] => presses };
}

const hintSchema = z.object({
  matches: z.array(z.object({ leadId: z.string().nullable(), state: z.string() })),
});
const answerSchema = z.object({ ok: z.boolean(), code: z.string().optional() });

async function toAnswer(response: Response): Promise<string> {
  if (response.status >= 500) return `status ${response.status}`;
  const { ok, code = "" } = answerSchema.parse(await response.json());
  return ok ? "done" : code;
}

function toLead(index: number) {
  const phone = `+7900${String(1_000_000 + index)}`;
  return aLead({ phone, name: `Имя${index}`, surname: `Шторм${index}`, source: "storm" });
}

function toWords({ name, surname }: { name: string; surname: string }): string {
  return `${name} ${surname}`;
}
