export const PROOFS_KEPT_DAYS = 400;

/** As many differences as a page shows; the file has them all. */
export const MOST_SHOWN = 200;

/** More leads than are entered on a day. */
export const MOST_IN_FILE = 100_000;
