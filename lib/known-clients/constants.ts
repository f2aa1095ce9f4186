/** How long what Kommo said of a phone counts. */
export const HOUR_MS = 60 * 60 * 1000;
/** No lead waits longer for what Kommo says of its phone. */
export const LONGEST_WAIT_MS = 30_000;
/** After which Kommo is asked again where it did not answer. */
export const LOOK_AGAIN_MS = 5000;
