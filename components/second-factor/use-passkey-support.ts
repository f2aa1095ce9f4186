import { useSyncExternalStore } from "react";

const keep = () => () => undefined;
// Browsers tie a passkey to a name, and an address of digits has none.
const DIGITS = /^\[|^[\d.]+$/;

/** Whether this browser can make a passkey for this address; false until the page is alive. */
export function usePasskeySupport(): boolean {
  return useSyncExternalStore(
    keep,
    () => "PublicKeyCredential" in window && !DIGITS.test(location.hostname),
    () => false,
  );
}
