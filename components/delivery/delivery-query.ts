import type { QueryClient } from "@tanstack/react-query";
import { STANDSTILL } from "@/components/queue/live-queue-stop";
import { setServerNow } from "@/components/ui/clock";
import { type Delivery, deliverySchema } from "@/lib/delivery/schema";

export const DELIVERY = ["delivery"];

const gates: Record<number, string> = { 401: "signed_out", 403: "forbidden" };

type Context = { signal: AbortSignal; client: QueryClient };

/** Throws `signed_out` and `forbidden` as messages, so that the page can say which it was. */
export async function fetchDelivery({ signal, client }: Context): Promise<Delivery> {
  const response = await fetch("/api/delivery", { signal });
  const gate = gates[response.status];
  if (gate) throw new Error(gate);
  const delivery = deliverySchema.parse(await response.json());
  setServerNow(delivery.now);
  client.setQueryData(STANDSTILL, delivery.queueStop);
  return delivery;
}

export function isShut(error: Error | null): boolean {
  return error !== null && Object.values(gates).includes(error.message);
}
