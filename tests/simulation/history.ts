import { createRandom } from "@/practice/faults/random";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How Kommo answers one POST instead of as it should. */
export type PostFault = {
  answer: PostAnswer;
  isApplied: boolean;
  /** How long after it was sent it is applied, in ms. */
  appliedAfterMs: number;
  answeredAfterMs: number;
};

/** Answers after which a POST may have been applied or not. */
const UNSETTLED = {
  application: ["500 json", "400 system", "429 json", "200 without ids", "503 json"],
  gateway: ["500 html", "502", "503", "504", "520", "524", "408", "200 html", "429 html", "403 html"],
  nobody: ["cut", "timeout"],
} as const;
/** Answers by which Kommo's application refuses the request, and a network that did not carry it. */
const SETTLED = ["401", "402", "403", "404", "422", "413", "unreachable"] as const;

type Origin = keyof typeof UNSETTLED;
export type PostAnswer = (typeof UNSETTLED)[Origin][number] | (typeof SETTLED)[number];
/** Whether Kommo's application has spoken, which says that it will soon be done. */
export function isOfApplication(answer: PostAnswer | undefined): boolean {
  return UNSETTLED.application.some((own) => own === answer);
}

export type GetAnswer = "500" | "502" | "429" | "cut" | "timeout" | "401";
const GET_ANSWERS: readonly GetAnswer[] = ["500", "502", "429", "cut", "timeout", "401"];

/** What somebody at Kommo does with a lead, so long after it was applied. */
export type SalesAct = "accept" | "decline" | "rename" | "rephone" | "second phone" | "merge";
const SALES_ACTS: readonly SalesAct[] = ["accept", "decline", "rename", "rephone", "second phone", "merge"];

export type Step =
  | { kind: "create" | "withdraw" | "correct" | "send now"; at: number; lead: number }
  /** A person decides on every lead that waits for one. */
  | { kind: "remedy"; at: number }
  /** The next POST or GET from then on. */
  | { kind: "post"; at: number; fault: PostFault }
  | { kind: "get"; at: number; answer: GetAnswer }
  /** Kommo's lists show so late what is made from then on. */
  | { kind: "lag"; at: number; ms: number }
  | { kind: "sales"; at: number; lead: number; afterMs: number; act: SalesAct }
  /** A lead of somebody else, of the same person as ours, perhaps declined. */
  | { kind: "stranger"; at: number; lead: number; isSamePerson: boolean; isDeclined: boolean; ageMs: number }
  | { kind: "jump"; at: number; ms: number }
  /** The sender dies, or freezes, at so many awaits from then on. */
  | { kind: "crash"; at: number; awaits: number }
  /** Of the sender, or of the connection that its next POST has just got. */
  | { kind: "freeze"; at: number; awaits: number; ms: number; isBeforeBytes: boolean };

export type History = {
  seed: number;
  hasReference: boolean;
  processes: 1 | 2;
  holdMs: number;
  /** A gateway of Kommo gives up on larger batches. */
  largestTaken: number;
  /** Whether Kommo takes the sound leads of a batch that it rejects, which it has never said. */
  takesRestOfRejected: boolean;
  /** How long a statement takes at the most. */
  slowMs: number;
  leads: { person: number; isPoison: boolean; isBad: boolean }[];
  steps: Step[];
};

export function generateHistory(seed: number, hasReference: boolean): History {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const upTo = (most: number) => Math.floor(random() * most);
  const often = (chance: number) => random() < chance;
  const count = 1 + upTo(often(0.2) ? 12 : 5);
  const isSamePerson = often(0.3);
  const leads = Array.from({ length: count }, (_, index) => ({
    person: isSamePerson ? upTo(2) : index,
    isPoison: often(0.05),
    isBad: often(0.08),
  }));
  const lead = () => upTo(count);
  const spreadMs = often(0.5) ? SECOND : 2 * MINUTE;
  const createdAt = leads.map(() => upTo(spreadMs));
  const steps: Step[] = createdAt.map((at, index) => ({ kind: "create", at, lead: index }));
  const at = () => upTo(spreadMs + 2 * MINUTE);
  const mixture = 1 + upTo(6);
  const makers: (() => Step)[] = [
    () => ({ kind: "post", at: upTo(spreadMs + 20 * SECOND), fault: toFault() }),
    () => ({ kind: "post", at: upTo(spreadMs + 20 * SECOND), fault: toFault() }),
    () => ({ kind: "post", at: upTo(spreadMs + 20 * SECOND), fault: toFault() }),
    () => ({ kind: "get", at: at(), answer: pick(GET_ANSWERS) }),
    () => ({ kind: "lag", at: upTo(spreadMs), ms: upTo(hasReference ? MINUTE : 15 * SECOND) }),
    toSales,
    toSales,
    toSales,
    () => {
      const isSamePerson = often(0.4);
      return {
        kind: "stranger",
        lead: lead(),
        isSamePerson,
        isDeclined: often(0.3),
        at: at(),
        ageMs: often(0.3) ? 60 * MINUTE : 0,
      };
    },
    () => ({ kind: "jump", at: at(), ms: (often(0.5) ? -1 : 1) * upTo(10 * MINUTE) }),
    () => ({ kind: "crash", at: at(), awaits: 1 + upTo(60) }),
    () => ({
      kind: "freeze",
      at: at(),
      awaits: 1 + upTo(60),
      ms: upTo((often(0.4) ? 15 : 2) * MINUTE),
      isBeforeBytes: often(0.5),
    }),
    () => atHold("withdraw"),
    () => atHold("withdraw"),
    () => atHold("correct"),
    () => atHold("send now"),
    () => ({ kind: "remedy", at: upTo(spreadMs + 20 * MINUTE) }),
    () => ({ kind: "remedy", at: upTo(spreadMs + 20 * MINUTE) }),
  ];
  const chosen = Array.from({ length: mixture }, () => pick(makers));
  for (const make of chosen) {
    const times = 1 + upTo(3);
    for (let time = 0; time < times; time++) steps.push(make());
  }
  return {
    seed,
    hasReference,
    // A frozen sender does harm when another one takes over.
    processes: often(steps.some(({ kind }) => kind === "freeze") ? 0.7 : 0.2) ? 2 : 1,
    holdMs: pick([0, 2 * SECOND, 10 * SECOND]),
    largestTaken: often(0.15) ? 1 + upTo(4) : 50,
    takesRestOfRejected: often(0.3),
    slowMs: often(0.3) ? 1 + upTo(200) : 0,
    leads,
    steps: steps.toSorted((one, other) => one.at - other.at),
  };

  function toSales(): Step {
    const afterMs = upTo(often(0.7) ? 20 * SECOND : 5 * MINUTE);
    return { kind: "sales", at: 0, lead: lead(), afterMs, act: pick(SALES_ACTS) };
  }

  /** An application that has answered is soon done; a gateway holds a request up to 200 s. */
  function mostLateMs(origin: Origin): number {
    const isSoon = origin === "application" && !(hasReference && often(0.2));
    return isSoon ? 15 * SECOND : 200 * SECOND;
  }

  /** Around the end of the hold, where withdrawing and leaving meet. */
  function atHold(kind: "withdraw" | "correct" | "send now"): Step {
    const index = lead();
    return { kind, at: (createdAt[index] ?? 0) + upTo(12 * SECOND), lead: index };
  }

  function toFault(): PostFault {
    if (often(0.2)) {
      return {
        answer: pick(SETTLED),
        isApplied: false,
        appliedAfterMs: 0,
        answeredAfterMs: upTo(5 * SECOND),
      };
    }
    const origin = pick(["application", "gateway", "nobody"] as const);
    return {
      answer: pick(UNSETTLED[origin]),
      isApplied: often(0.7),
      appliedAfterMs: upTo(often(0.5) ? 2 * SECOND : mostLateMs(origin)),
      answeredAfterMs: upTo(often(0.7) ? 3 * SECOND : 19 * SECOND),
    };
  }
}

/** One line a step, in order. */
export function describeHistory(history: History): string {
  const { steps, leads, ...settings } = history;
  const toLine = ({ at, kind, ...more }: Step) => `${toSeconds(at)} ${kind} ${toWords(more)}`;
  const odd = leads.map((lead, index) => `lead ${index}: ${JSON.stringify(lead)}`);
  return [JSON.stringify(settings), ...odd, ...steps.map(toLine)].join("\n");
}

export function toSeconds(ms: number): string {
  return `${(ms / SECOND).toFixed(3).padStart(9)}s`;
}

function toWords(value: object): string {
  return Object.entries(value)
    .map(([key, part]) => `${key}=${typeof part === "object" ? JSON.stringify(part) : part}`)
    .join(" ");
}
