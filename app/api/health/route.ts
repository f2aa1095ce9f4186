import { getHealth } from "@/lib/worker/queries";

/** Open to monitors without a session. It tells states and ages, and nothing about any lead. */
export async function GET(): Promise<Response> {
  const health = await getHealth();
  return Response.json(health, { status: health.status === "ok" ? 200 : 503 });
}
