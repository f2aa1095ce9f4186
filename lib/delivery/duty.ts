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
  /** Another one with every take-over of the lease; stamped on each claim and tested by each change. */
  epoch: number;
  /** Asked before bytes leave: false for a process that has lost its lease. */
  mayLeave: () => boolean;
  /** Counts what has left outside of the database. Without, a database that was copied back is not recognised. */
  sendings?: SendingsFile;
  /** Looks in Kommo, once for each holder of the lease, whether the database was copied back. False: nothing may leave yet. */
  isUpToDate?: (duty: Duty) => Promise<boolean>;
  /** Aborted when the process stops: batches that still wait for a slot go back into the queue. */
  stopping?: AbortSignal;
  /** Called when a batch has its slot and leaves. */
  onSlot?: () => void;
  /** From 0 to 1; Math.random unless a simulation repeats itself by its own. */
  random?: () => number;
  /** The shared budget and the wire unless given. */
  network?: Network;
};

/** A count of the requests with leads that have left, in a file outside of the database. */
export type SendingsFile = {
  /**
   * Whether a database with this count has forgotten sendings. `highest`: what this count had come to before the database
   * was asked, if that was earlier. Where the file could not be read, any database may have.
   */
  isBehind(sendings: number, highest?: number): boolean;
  highest(): number;
  /** For a process that waits for the lease: another one counts on meanwhile. */
  remember(sendings: number): void;
  /** Resolves when the count stands on the disk, or cannot be written there: leads leave all the same. */
  note(sendings: number): Promise<void>;
};
