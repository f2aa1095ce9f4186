type Event = { at: number; order: number; run: () => void };

/** Virtual time in milliseconds from 0: it stands still while anything runs, then jumps to the next event. */
export class Timeline {
  now = 0;
  #order = 0;
  readonly #events: Event[] = [];

  at(time: number, run: () => void): void {
    const event = { at: Math.max(time, this.now), order: this.#order++, run };
    const index = this.#events.findLastIndex(({ at }) => at <= event.at);
    this.#events.splice(index + 1, 0, event);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now + ms, resolve));
  }

  /** Runs events in their order until then, or until `isOver`, which is asked between them. */
  async runUntil(end: number, isOver: () => boolean = () => false): Promise<void> {
    await settled();
    while (!isOver()) {
      const next = this.#events[0];
      if (!next || next.at > end) {
        this.now = Math.max(this.now, end);
        return;
      }
      this.#events.shift();
      this.now = next.at;
      next.run();
      await settled();
    }
  }
}

/** Resolves when nothing can go on without an event: SQLite answers at once, so all that goes on are promises. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
