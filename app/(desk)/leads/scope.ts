import type { Person } from "@/lib/people/schema";

/** A seller sees their own leads; heads and admins everyone's. */
export function toScope(user: Person): { authorId?: string } {
  return user.role === "seller" ? { authorId: user.id } : {};
}
