type Method = "GET" | "POST";

export type Fault =
  | { kind: "answer"; status: number; body?: unknown; contentType?: string; method?: Method }
  | { kind: "cut-before"; method?: Method }
  | { kind: "cut-after"; method?: Method }
  | { kind: "slow"; ms: number; method?: Method };

/** Faults wait in line; each API request takes the first one that fits its method. */
export function createFaults() {
  const queue: Fault[] = [];

  return {
    failNext(fault: Fault, times = 1): void {
      for (let n = 0; n < times; n++) queue.push(fault);
    },
    take(method: string): Fault | undefined {
      const index = queue.findIndex((fault) => fault.method === undefined || fault.method === method);
      return index < 0 ? undefined : queue.splice(index, 1)[0];
    },
  };
}
