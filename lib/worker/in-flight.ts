/** What runs beside the batches, one of each at a time. */
export type SideTask =
  | "verification"
  | "maintenance"
  | "look-up"
  | "outcomes"
  | "renewal"
  | "proof of the day";

/** What this process has under way, and what of it has failed. */
export type InFlight = {
  /** By delivery: the ids of its leads. */
  batches: Map<Promise<void>, string[]>;
  /** Of these the ones that still wait for a slot, in this order: each resolves when it leaves, or will not. */
  waiting: Set<Promise<void>>;
  tasks: Map<SideTask, Promise<void>>;
  failures: unknown[];
};

export function noneInFlight(): InFlight {
  return { batches: new Map(), waiting: new Set(), tasks: new Map(), failures: [] };
}

/** Starts a task beside the batches, unless the last one of its kind is still under way. */
export function startTask(
  name: SideTask,
  run: () => Promise<unknown>,
  { tasks, failures }: Pick<InFlight, "tasks" | "failures">,
): void {
  if (tasks.has(name)) return;
  const task = run()
    .then(
      () => undefined,
      (error) => void failures.push(error),
    )
    .finally(() => tasks.delete(name));
  tasks.set(name, task);
}

/** The leads that are on their way. */
export function toIdsInFlight({ batches }: Pick<InFlight, "batches">): string[] {
  return [...batches.values()].flat();
}
