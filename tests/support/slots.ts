import type { Slot } from "@/lib/kommo/client";

/** A request slot that no limiter counts. */
export async function freeSlot(): Promise<Slot> {
  return { isOver: () => false, end: async () => undefined };
}
