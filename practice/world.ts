import type { Account } from "./account.ts";
import type { createFaults } from "./faults.ts";
import type { JournalEntry } from "./journal.ts";
import type { Limiter } from "./limiter.ts";
import type { Poison } from "./poison.ts";
import type { Store } from "./store.ts";
import type { Switches } from "./switches.ts";

/** Everything one practice Kommo knows, has been told to do, and has seen. */
export type World = {
  base: string;
  store: Store;
  account: Account;
  switches: Switches;
  poison: Poison | null;
  faults: ReturnType<typeof createFaults>;
  limiter: Limiter;
  journal: JournalEntry[];
};
