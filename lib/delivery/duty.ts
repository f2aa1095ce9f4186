import type { Db } from "@/lib/db/client";
import type { Network } from "@/lib/kommo/client";

/** What a process needs to deliver: the database, its clocks, and the lease under which it claims. */
export type Duty = {
  db: Db;
  /** Epoch milliseconds, for schedules only. */
  now: () => number;
  /**
   * Milliseconds that desks have been running on this database, over all restarts. It never jumps, so it tells how long a
   * request may still arrive late.
   */
  uptime: () => number;
  /** How long Kommo may still apply a request that a gateway answered, or nobody. */
  lateMs: number;
  /** Raised by every take-over of the lease; stamped on each claim and tested by each change. */
  epoch: number;
  /** Asked before bytes leave: false for a process that has lost its lease. */
  mayLeave: () => boolean;
  /** From 0 to 1; Math.random unless a simulation repeats itself by its own. */
  random?: () => number;
  /** The shared budget and the wire unless given. */
  network?: Network;
};
