import { z } from "zod";
import { createRandom } from "./random.ts";

/** Answered instead of handling the request: nothing is applied. */
const REFUSALS = [
  "400-system",
  "401",
  "402",
  "403-scope",
  "403-block",
  "404-json",
  "404-html",
  "429-json",
  "429-html",
  "500-json",
  "500-html",
  "502",
  "503",
  "504",
  "redirect",
] as const;

/** The request is applied, and its answer is lost or damaged. */
const ANSWER_FAULTS = [
  "cut-after",
  "cut-mid",
  "after-504",
  "after-garbage",
  "after-without-request-ids",
  "after-without-lead-ids",
  "truncated",
  "oversized",
] as const;

const SLOW = ["slow", "slow-after"] as const;

/** All but the held ones, which chaos does not know. */
export const FAULT_KINDS = [...REFUSALS, ...ANSWER_FAULTS, ...SLOW, "cut-before"] as const;

/** The caller gets no answer but a gateway's, and the request is applied later. */
const HOLDS = ["hold-cut", "hold-504"] as const;

const aim = { method: z.enum(["GET", "POST", "PATCH", "DELETE"]).optional(), path: z.string().optional() };

// On: the request is applied all the same, and then answered so.
const isApplied = z.boolean().optional();

/**
 * `method` and `path` (a part of the address) say which request meets the fault; `retryAfter` is in seconds. A held request is
 * applied after `ms`, or when the control says so.
 */
export const faultSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("answer"),
    status: z.number().int(),
    body: z.unknown().optional(),
    contentType: z.string().optional(),
    isApplied,
    ...aim,
  }),
  z.strictObject({ kind: z.enum(SLOW), ms: z.number(), ...aim }),
  z.strictObject({
    kind: z.enum(REFUSALS),
    retryAfter: z.number().optional(),
    to: z.url().optional(),
    isApplied,
    ...aim,
  }),
  z.strictObject({ kind: z.enum(HOLDS), ms: z.number().optional(), ...aim }),
  z.strictObject({ kind: z.enum(ANSWER_FAULTS), ...aim }),
  z.strictObject({ kind: z.literal("cut-before"), ...aim }),
]);

export const chaosSchema = z.strictObject({
  seed: z.number().int(),
  rate: z.number().min(0).max(1),
  kinds: z.array(z.enum(FAULT_KINDS)).min(1).optional(),
  slowMs: z.number().optional(),
  retryAfter: z.number().optional(),
});

export type Fault = z.input<typeof faultSchema>;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** `rate` is the share of requests that meet a fault, one of `kinds` (all); `slowMs` is 200 and `retryAfter` 1 second unless said. */
export type Chaos = z.infer<typeof chaosSchema>;

/** Faults wait in a queue, and each API request takes the first that matches it; chaos gives the others random ones. */
export function createFaults() {
  const queue: Fault[] = [];
  let pickRandom: () => Fault | undefined = () => undefined;

  return {
    failNext(fault: Fault, times = 1): void {
      for (let n = 0; n < times; n++) queue.push(fault);
    },
    setChaos(chaos: Chaos | null): void {
      pickRandom = chaos ? createPicker(chaos) : () => undefined;
    },
    clear(): void {
      queue.length = 0;
    },
    take(method: string, path: string): Fault | undefined {
      const picked = pickRandom();
      const index = queue.findIndex(
        (fault) => (fault.method ?? method) === method && path.includes(fault.path ?? ""),
      );
      return index < 0 ? picked : queue.splice(index, 1)[0];
    },
  };
}

// Two random numbers for each request, with or without a fault: one fault more does not change all that follow.
function createPicker({ seed, rate, kinds = [...FAULT_KINDS], slowMs = 200, retryAfter = 1 }: Chaos) {
  const random = createRandom(seed);

  return (): Fault | undefined => {
    const isHit = random() < rate;
    const kind = kinds[Math.floor(random() * kinds.length)];
    if (!isHit || !kind) return undefined;
    if (kind === "slow" || kind === "slow-after") return { kind, ms: slowMs };
    return kind === "429-json" ? { kind, retryAfter } : { kind };
  };
}
