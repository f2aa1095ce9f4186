import "server-only";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

const shared = globalThis as typeof globalThis & { leadDeskMetrics?: Metrics };

type Metrics = ReturnType<typeof makeMetrics>;

/** Counted where it happens and read by the metrics page, which is bundled apart: hence one registry on globalThis. */
export function getMetrics(): Metrics {
  shared.leadDeskMetrics ??= makeMetrics();
  return shared.leadDeskMetrics;
}

function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    leads: new Gauge({ name: "lead_desk_leads", help: "Leads by state", labelNames: ["state"], registers }),
    oldest: new Gauge({
      name: "lead_desk_oldest_unsent_seconds",
      help: "Age of the oldest lead that is not in Kommo yet",
      registers,
    }),
    requests: new Gauge({
      name: "lead_desk_kommo_requests_last_minute",
      help: "Requests to Kommo in the last minute, of 360 allowed",
      registers,
    }),
    attempts: new Counter({
      name: "lead_desk_attempts_total",
      help: "Attempts of this process to deliver or look up, by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    latency: new Histogram({
      name: "lead_desk_kommo_seconds",
      help: "Kommo's time for an attempt of this process",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    }),
  };
}
