import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** For what a browser remembers of a person beyond their session; no script needs to read it. */
export async function keepCookie(name: string, value: string): Promise<void> {
  const secure = getEnv().appUrl.startsWith("https:");
  (await cookies()).set(name, value, { maxAge: A_YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure });
}
