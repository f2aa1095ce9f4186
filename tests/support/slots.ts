import type { Slot } from "@/lib/kommo/send";

/** A slot outside of every lane. */
export async function freeSlot(): Promise<Slot> {
  return { isMissed: () => false, bookLater: async () => undefined };
}
