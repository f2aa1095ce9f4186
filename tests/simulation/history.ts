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

export type StrangerStatus = "incoming" | "accepted" | "declined";
const STRANGER_STATUSES: readonly StrangerStatus[] = ["incoming", "accepted", "accepted", "declined"];

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
  /** A lead of somebody else, perhaps of the same person as ours, or with the same name. */
  | {
      kind: "stranger";
      at: number;
      lead: number;
      isSamePerson: boolean;
      isSameName: boolean;
      status: StrangerStatus;
      ageMs: number;
    }
  /** The contact that Kommo has of the lead's person is merged into another, and its id is gone. */
  | { kind: "contact gone"; at: number; lead: number }
  /** The database is copied, and the copy put in its place, with the desk stopped or not. */
  | { kind: "copy"; at: number }
  | { kind: "copy back"; at: number; isRunning: boolean }
  /** While the desk runs, or between its stop and its next start. */
  | { kind: "jump"; at: number; ms: number; isStopped?: true }
  /** The sender dies, or freezes, at so many awaits from then on. */
  | { kind: "crash"; at: number; awaits: number }
  /** Of the sender, or of the connection that its next POST has just got. */
  | { kind: "freeze"; at: number; awaits: number; ms: number; isBeforeBytes: boolean };

export type History = {
  seed: number;
  hasReference: boolean;
  processes: 1 | 2;
  holdMs: number;
  /** The processes share one clock of one machine; else each knows the database's since it read it last. */
  isOneMachine: boolean;
  /** How much the clock that they share is ahead of Kommo's. */
  aheadMs: number;
  /** A gateway of Kommo gives up on larger batches. */
  largestTaken: number;
  /** Whether Kommo takes the sound leads of a batch that it rejects, which it has never said. */
  takesRestOfRejected: boolean;
  /** Whether Kommo's events tell what a lead was created with. */
  tellsCreation: boolean;
  /** How long a statement takes at the most. */
  slowMs: number;
  /** How old a list of Kommo is at the most when it arrives. */
  slowListMs: number;
  /** Whether Kommo has a contact of each person, to which leads are added. */
  addsToContacts: boolean;
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
  const makers: (() => Step | Step[])[] = [
    () => ({ kind: "post", at: upTo(spreadMs + 20 * SECOND), fault: toFault() }),
    () => ({ kind: "post", at: upTo(spreadMs + 20 * SECOND), fault: toFault() }),
    () => ({ kind: "post", at: upTo(spreadMs + 20 * SECOND), fault: toFault() }),
    () => ({ kind: "get", at: at(), answer: pick(GET_ANSWERS) }),
    () => ({ kind: "lag", at: upTo(spreadMs), ms: upTo(hasReference ? MINUTE : 15 * SECOND) }),
    toSales,
    toSales,
    toSales,
    // Declined before the first look, which is 2 s after an answer that does not settle.
    () => [
      { kind: "post", at: upTo(spreadMs), fault: toAppliedAtOnce() },
      { kind: "sales", at: 0, lead: lead(), afterMs: upTo(2 * SECOND), act: "decline" },
    ],
    toStranger,
    toStranger,
    () => {
      // While a lead is held, unconfirmed, or a while later.
      const copiedAt = (createdAt[lead()] ?? 0) + upTo(often(0.7) ? 5 * SECOND : 2 * MINUTE);
      return [
        { kind: "copy", at: copiedAt },
        { kind: "copy back", at: copiedAt + upTo(2 * MINUTE), isRunning: often(0.5) },
      ];
    },
    () => {
      // Withdrawn in the copy, and brought back and sent since.
      const index = lead();
      const copiedAt = (createdAt[index] ?? 0) + upTo(2 * SECOND);
      const correctedAt = copiedAt + upTo(10 * SECOND);
      const copiedBackAt = correctedAt + upTo(2 * MINUTE);
      return [
        { kind: "withdraw", at: copiedAt, lead: index },
        { kind: "copy", at: copiedAt },
        { kind: "correct", at: correctedAt, lead: index },
        { kind: "copy back", at: copiedBackAt, isRunning: often(0.5) },
        ...(often(0.5)
          ? [{ kind: "correct" as const, at: copiedBackAt + upTo(2 * MINUTE), lead: index }]
          : []),
      ];
    },
    () => ({ kind: "jump", at: at(), ms: toSkewMs() }),
    () => ({ kind: "crash", at: at(), awaits: 1 + upTo(60) }),
    () => {
      const isBeforeBytes = often(0.5);
      return {
        kind: "freeze",
        // Before bytes: while there are requests to fall on.
        at: isBeforeBytes ? upTo(spreadMs) : at(),
        awaits: 1 + upTo(60),
        ms: upTo((often(0.4) ? 15 : 2) * MINUTE),
        isBeforeBytes,
      };
    },
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
    for (let time = 0; time < times; time++) steps.push(...[make()].flat());
  }
  // By draws of their own: every other history is as it was before.
  const ofContacts = createRandom(seed + 1_000_000_007);
  const addsToContacts = ofContacts() < 0.25;
  if (addsToContacts && ofContacts() < 0.5) {
    const goneAt = Math.floor(ofContacts() * (spreadMs + 20 * SECOND));
    steps.push({ kind: "contact gone", at: goneAt, lead: Math.floor(ofContacts() * count) });
  }
  const ofLists = createRandom(seed + 2_000_000_011);
  const slowListMs = ofLists() < 0.2 ? Math.floor((5 + 10 * ofLists()) * SECOND) : 0;
  if (slowListMs > 0)
    steps.push({ kind: "post", at: Math.floor(ofLists() * spreadMs), fault: toLastMoment() });
  const ofStops = createRandom(seed + 3_000_000_019);
  const isSetRight = ofStops() < 0.15;
  // More than a request may be late, or anything.
  const minutesBehind = ofStops() < 0.5 ? 7 + 3 * ofStops() : 20 * ofStops() - 10;
  const setRightMs = isSetRight ? Math.floor(minutesBehind * MINUTE) : 0;
  if (setRightMs !== 0) steps.push(...toStopWithWrongClock());
  return {
    seed,
    hasReference,
    addsToContacts,
    slowListMs,
    // A frozen sender does harm when another one takes over.
    processes: often(steps.some(({ kind }) => kind === "freeze") ? 0.7 : 0.2) ? 2 : 1,
    holdMs: pick([0, 2 * SECOND, 10 * SECOND]),
    isOneMachine: often(0.5),
    aheadMs: (often(0.2) ? toSkewMs() : 0) - setRightMs,
    largestTaken: often(0.15) ? 1 + upTo(4) : 50,
    takesRestOfRejected: often(0.3),
    tellsCreation: often(0.7),
    slowMs: often(0.3) ? 1 + upTo(200) : 0,
    leads,
    steps: steps.toSorted((one, other) => one.at - other.at),
  };

  function toSales(): Step {
    const afterMs = upTo(often(0.7) ? 20 * SECOND : 5 * MINUTE);
    return { kind: "sales", at: 0, lead: lead(), afterMs, act: pick(SALES_ACTS) };
  }

  function toSkewMs(): number {
    return (often(0.5) ? -1 : 1) * upTo(10 * MINUTE);
  }

  function toStranger(): Step {
    const isSamePerson = often(0.5);
    const status = pick(STRANGER_STATUSES);
    // One of the same person, time and name is taken for ours where no reference tells them apart.
    const canBeTold = hasReference || status !== "accepted" || !isSamePerson;
    const isSameName = canBeTold && often(0.4);
    const ageMs = often(0.3) ? 60 * MINUTE : upTo(5 * MINUTE);
    return { kind: "stranger", lead: lead(), isSamePerson, isSameName, status, at: at(), ageMs };
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

  function toAppliedAtOnce(): PostFault {
    const answer = pick([...UNSETTLED.application, ...UNSETTLED.gateway, ...UNSETTLED.nobody]);
    return { answer, isApplied: true, appliedAfterMs: 0, answeredAfterMs: upTo(3 * SECOND) };
  }

  /** The clock is set right between the desk's stop and its next start, perhaps while a lead is unconfirmed. */
  function toStopWithWrongClock(): Step[] {
    const index = Math.floor(ofStops() * count);
    const sentAt = createdAt[index] ?? 0;
    const fault: PostFault = { answer: "504", isApplied: true, appliedAfterMs: 0, answeredAfterMs: 100 };
    return [
      { kind: "post", at: sentAt, fault },
      { kind: "sales", at: 0, lead: index, afterMs: 0, act: "rephone" },
      { kind: "jump", at: sentAt + Math.floor(ofStops() * MINUTE), ms: setRightMs, isStopped: true },
    ];
  }

  /** Applied while a slow look goes on that began before the application was surely done with it. */
  function toLastMoment(): PostFault {
    const appliedAfterMs = Math.floor((14 + 5 * ofLists()) * SECOND);
    return { answer: "500 json", isApplied: true, appliedAfterMs, answeredAfterMs: 100 };
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
