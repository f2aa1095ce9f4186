/** Of leads that have arrived, how long their attempts are kept. */
export const ATTEMPTS_KEPT_DAYS = 90;

/** Who has withdrawn a lead brings it back within that time, or never. */
export const BROUGHT_BACK_MS = 24 * 60 * 60_000;

/** For so long Kommo is watched for a second copy of a lead that was sent again: later no request turns up. */
export const WATCHED_MS = 24 * 60 * 60_000;

/** Clocks that differ by less are taken for equal: what compares times allows for it. */
export const SMALL_SKEW_MS = 2000;

/** More than clocks differ: a look in Kommo for what was made since a time of ours begins so much earlier. */
export const WIDE_MARGIN_SECONDS = 3600;

/** A request that is not on its way by then after its leads were marked as sent is given up: looks in Kommo go by that time. */
export const LEAVES_WITHIN_MS = 60_000;
