import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { getAuthOptions } from "@/lib/auth/options";
import { renewSession } from "@/lib/auth/session";

type Context = RouteContext<"/api/auth/[...nextauth]">;

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [asked] = (await context.params).nextauth;
  const answer = await NextAuth(request, context, getAuthOptions());
  // Not "storage": it would take the unsent words of others who use this browser.
  if (asked === "signout" && request.method === "POST") answer.headers.set("clear-site-data", '"cache"');
  if (asked === "session") await renewSession(answer.headers);
  return answer;
}

export { handle as GET, handle as POST };
