/** Why the queue is halted until an admin connects again: nothing else brings the connection back. */
export const CONNECTED_AGAIN: readonly string[] = [
  "integration_disabled",
  "grant_expired",
  "grant_revoked",
  "access_refused",
  "integration_wrong",
  "redirect_wrong",
];
