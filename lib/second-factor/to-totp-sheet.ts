import "server-only";
import { encodeQR } from "qr";
import type { TotpSheet } from "./schema";
import { toBase32 } from "./totp";

const ISSUER = "Lead Desk";
// The quiet zone of ISO 18004.
const BORDER = 4;

/** What an app scans, and the same secret to type. */
export function toTotpSheet(secret: Buffer, email: string): Omit<TotpSheet, "begun"> {
  const typed = toBase32(secret);
  const label = encodeURIComponent(`${ISSUER}:${email}`);
  const address = `otpauth://totp/${label}?secret=${typed}&issuer=${encodeURIComponent(ISSUER)}`;
  const dots = encodeQR(address, "raw", { border: BORDER });
  const path = dots.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { secret: typed, qr: { size: dots.length, path: path.join("") } };
}
