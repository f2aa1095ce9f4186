import { createHash, timingSafeEqual } from "node:crypto";
import { getEnv } from "@/lib/env";
import { getMetricsText } from "@/lib/worker/queries";

/** Metrics for Prometheus, for requests with the METRICS_TOKEN. Without that setting the page does not exist. */
export async function GET(request: Request): Promise<Response> {
  const { metricsToken } = getEnv();
  if (!metricsToken) return new Response("Not found", { status: 404 });
  if (!isSame(request.headers.get("authorization") ?? "", `Bearer ${metricsToken}`)) {
    return new Response("Unauthorized", { status: 401 });
  }

  return new Response(await getMetricsText(), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  });
}

/** Takes the same time however much of the token is right. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
