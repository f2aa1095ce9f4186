import type { Answer } from "@/components/server/call-server";
import type { Run } from "@/components/ui/confirm";
import { MOST_DECIDED, type Unchanged } from "@/lib/delivery/schema";
import { type Failure, toFailure, toKnownFailure } from "./failures";

/** How many leads a decision has changed, and which stay as they are. */
export type Decided = { count: number; unchanged: Unchanged[] };

export function isInParts(leads: readonly unknown[]): boolean {
  return leads.length > MOST_DECIDED;
}

type Parts<S> = {
  decide: (part: S[]) => Promise<Answer<Unchanged[]>>;
  toProgress: (done: number) => string;
};

/**
 * A decision on many leads, in parts that each count as soon as they are answered: `run` goes on until all are decided, the
 * person stops it, or a part fails, and called again it goes on with the rest. `isBegun` tells whether a part was answered. Of a
 * single lead that stays as it is, the reason is the failure.
 */
export function decideInParts<S>(leads: S[], { decide, toProgress }: Parts<S>) {
  let rest = leads;
  const decided: Decided = { count: 0, unchanged: [] };
  async function run({ tell, signal }: Run): Promise<Failure | undefined> {
    while (rest.length > 0 && !signal.aborted) {
      if (isInParts(leads)) tell(toProgress(leads.length - rest.length));
      const part = rest.slice(0, MOST_DECIDED);
      const answer = await decide(part);
      if (!answer.ok) return toFailure(answer);
      const [unchanged] = answer.value;
      if (leads.length === 1 && unchanged) return toKnownFailure([unchanged.reason]);
      decided.count += part.length - answer.value.length;
      decided.unchanged.push(...answer.value);
      rest = rest.slice(MOST_DECIDED);
    }
    return undefined;
  }
  return { decided, run, isBegun: () => rest.length < leads.length };
}
