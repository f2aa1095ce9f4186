import type { Turn } from "@/lib/kommo/client";

/** A turn outside of every budget. */
export async function freeTurn(): Promise<Turn> {
  return { isOver: () => false, end: async () => undefined };
}
