import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";
import { toCookieName } from "./constants";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

export async function findCookie(name: string): Promise<string | undefined> {
  return (await cookies()).get(toCookieName(name, isHttps()))?.value;
}

export async function saveCookie(name: string, value: string): Promise<void> {
  const secure = isHttps();
  const options = { maxAge: A_YEAR_SECONDS, path: "/", sameSite: "lax", httpOnly: true, secure } as const;
  (await cookies()).set(toCookieName(name, secure), value, options);
}

function isHttps(): boolean {
  return getEnv().appUrl.startsWith("https:");
}
