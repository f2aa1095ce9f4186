import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { getAuthOptions } from "@/lib/auth/options";
import { touchSession } from "@/lib/auth/session";

type Context = RouteContext<"/api/auth/[...nextauth]">;

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const answer = await NextAuth(request, context, getAuthOptions());
  if (request.method === "GET" && request.nextUrl.pathname.endsWith("/session")) await touchSession();
  return answer;
}

export { handle as GET, handle as POST };
