import { createHash, timingSafeEqual } from "node:crypto";
import { getEnv } from "@/lib/env";
import { getMetricsText } from "@/lib/worker/queries";

/** Prometheus' text, for whoever bears the token of METRICS_TOKEN; without that setting there is no such page. */
export async function GET(request: Request): Promise<Response> {
  const { metricsToken } = getEnv();
  if (!metricsToken) return new Response("Not found", { status: 404 });
  if (!isSame(request.headers.get("authorization") ?? "", `Bearer ${metricsToken}`)) {
    return new Response("Unauthorized", { status: 401 });
  }

  return new Response(await getMetricsText(), { headers: { "content-type": "text/plain; version=0.0.4" } });
}

/** In a time that tells nothing of how much was right. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
