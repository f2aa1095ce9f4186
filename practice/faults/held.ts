/** Requests whose callers have been answered by a gateway, or cut, and that Kommo applies later. */
export function createHeld() {
  let waiting: { at: number; apply: () => Promise<unknown> }[] = [];

  return {
    /** `at`: epoch milliseconds; infinity waits for `applyAll`. */
    add(at: number, apply: () => Promise<unknown>): void {
      waiting.push({ at, apply });
    },
    /** Applies those whose time has come, in the order of their times. */
    async applyDue(now: number): Promise<void> {
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { apply } of due.toSorted((one, other) => one.at - other.at)) await apply();
    },
    async applyAll(): Promise<void> {
      const all = waiting.splice(0);
      for (const { apply } of all) await apply();
    },
  };
}
