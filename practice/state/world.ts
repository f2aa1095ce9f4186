import type { createFaults } from "../faults/faults.ts";
import type { createHeld } from "../faults/held.ts";
import type { Limiter } from "../faults/limiter.ts";
import type { Poison } from "../faults/poison.ts";
import type { Switches } from "../faults/switches.ts";
import type { Account } from "./account.ts";
import type { JournalEntry } from "./journal.ts";
import type { Store } from "./store.ts";

/** Everything one practice Kommo holds: its account and records, its faults and switches, and its journal. */
export type World = {
  base: string;
  /** After a renaming: the only host name at which the account answers now. */
  renamedTo: string | null;
  /** Kommo's own clock, in epoch milliseconds. */
  now: () => number;
  store: Store;
  account: Account;
  switches: Switches;
  poison: Poison | null;
  faults: ReturnType<typeof createFaults>;
  held: ReturnType<typeof createHeld>;
  limiter: Limiter;
  journal: JournalEntry[];
};
