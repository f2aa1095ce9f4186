export const PROOFS_KEPT_DAYS = 400;

/** As many differences as a page shows; the file has them all. */
export const MOST_SHOWN = 200;

/** More leads than are entered on a day. */
export const MOST_IN_FILE = 100_000;

/** Some three days of tries: then a proof waits for somebody to ask for it. */
export const MOST_FAILURES = 16;
