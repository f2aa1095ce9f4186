/** The most that is read of one request. */
export const MOST_BYTES_SENT = 64 * 1024;
/** How many requests of a form the page shows. */
export const REQUESTS_SHOWN = 20;
export const REQUESTS_KEPT_DAYS = 7;
