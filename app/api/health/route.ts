import { getHealth } from "@/lib/worker/queries";

/** Open to monitors without a session: it tells states and ages, nothing of a lead. */
export async function GET(): Promise<Response> {
  const health = await getHealth();
  return Response.json(health, { status: health.status === "ok" ? 200 : 503 });
}
