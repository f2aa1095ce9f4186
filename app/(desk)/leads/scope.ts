import type { Person } from "@/lib/people/schema";

/** Sellers see their own leads. Heads and admins see everyone's. */
export function toScope(user: Person): { authorId?: string } {
  return user.role === "seller" ? { authorId: user.id } : {};
}
