/** Of leads that have arrived, how long their attempts are kept. */
export const ATTEMPTS_KEPT_DAYS = 90;

/** For so long Kommo is watched for a second copy of a lead that was sent again: later no request turns up. */
export const WATCHED_MS = 24 * 60 * 60_000;
