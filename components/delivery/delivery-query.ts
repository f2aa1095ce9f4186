import type { QueryClient } from "@tanstack/react-query";
import { QUEUE_STOP_KEY } from "@/components/queue/live-queue-stop";
import { setServerNow } from "@/components/ui/clock";
import { type Delivery, deliverySchema } from "@/lib/delivery/schema";

export const DELIVERY = ["delivery"];

const refusals: Record<number, string> = { 401: "signed_out", 403: "forbidden" };

type Context = { signal: AbortSignal; client: QueryClient };

/** Throws `signed_out` and `forbidden` as messages, so that the page can say which it was. */
export async function fetchDelivery({ signal, client }: Context): Promise<Delivery> {
  const response = await fetch("/api/delivery", { signal });
  const refusal = refusals[response.status];
  if (refusal) throw new Error(refusal);
  const delivery = deliverySchema.parse(await response.json());
  setServerNow(delivery.now);
  client.setQueryData(QUEUE_STOP_KEY, delivery.queueStop);
  return delivery;
}

export function isRefused(error: Error | null): boolean {
  return error !== null && Object.values(refusals).includes(error.message);
}
