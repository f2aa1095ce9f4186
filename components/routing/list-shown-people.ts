import type { Routing } from "@/lib/domain/routing/schema";
import type { RecipientState, RoutingDesk } from "@/lib/routing/schema";

export type ShownPerson = RecipientState & { isActive: boolean };

/** Whom the rules can give leads to, and whom somebody has paused or Kommo has refused. */
export function listShownPeople(
  { recipients, users }: Pick<RoutingDesk, "recipients" | "users">,
  routing: Routing,
): ShownPerson[] {
  const named = [
    ...routing.pools.flatMap(({ members }) => members.map(({ userId }) => userId)),
    ...routing.rules.flatMap(({ to, otherwise }) =>
      [to, otherwise].flatMap((one) => (one.kind === "user" ? [one.userId] : [])),
    ),
    ...routing.people.map(({ userId }) => userId),
    ...recipients
      .filter(({ pausedAt, refusedAt }) => pausedAt !== null || refusedAt !== null)
      .map(({ userId }) => userId),
  ];
  return [...new Set(named)].map((userId) => {
    const known = recipients.find((one) => one.userId === userId);
    const typed = routing.people.find((one) => one.userId === userId)?.name;
    const unknown = { userId, pausedAt: null, pausedBy: null, refusedAt: null, today: 0 };
    const isActive = users === null || users.some((user) => user.id === userId && user.isActive);
    return { ...(known ?? { ...unknown, name: typed ?? String(userId) }), isActive };
  });
}
