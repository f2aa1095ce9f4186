import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { getAuthOptions } from "@/lib/auth/options";

type Context = RouteContext<"/api/auth/[...nextauth]">;

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action] = (await context.params).nextauth;
  // It writes what a stranger sends into our log.
  if (action === "_log") return new Response("Not found", { status: 404 });
  return NextAuth(request, context, getAuthOptions());
}

export { handle as GET, handle as POST };
