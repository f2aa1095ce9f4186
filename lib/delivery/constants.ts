/** Of leads that have arrived, how long their attempts are kept. */
export const ATTEMPTS_KEPT_DAYS = 90;
