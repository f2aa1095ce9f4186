export const PROOFS_KEPT_DAYS = 400;

/** As many differences as a page shows; the file has them all. */
export const MOST_SHOWN = 200;
