/** Where Kommo is to send its hooks, and what has come there. Times are epoch milliseconds. */
export type HookState = {
  /** Null where it can no longer be read, as the desk's own secret is another one now. */
  address: string | null;
  setAt: number;
  setBy: string;
  lastAt: number | null;
  /** No hook has come for a day, although Kommo's events tell of changes. */
  isSilent: boolean;
};
