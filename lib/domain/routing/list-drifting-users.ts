import { type KnownUser, NO_ROUTING, type Routing } from "./schema";

/**
 * Users of Kommo whom the rules name and who get no leads: no longer there, not active, or refused as responsible. Whom a
 * pool names that no rule uses gets none anyway.
 */
export function listDriftingUsers(
  routing: Routing = NO_ROUTING,
  users: KnownUser[] | undefined,
  refused: readonly number[],
): number[] {
  const named = routing.rules.flatMap(({ to, otherwise }) => [
    ...(to.kind === "pool" ? listMembers(routing, to.poolId) : []),
    ...[to, otherwise].flatMap((one) => (one.kind === "user" ? [one.userId] : [])),
  ]);
  const isThere = (id: number) => !users || users.some((user) => user.id === id && user.isActive);
  return [...new Set(named)].filter((id) => !isThere(id) || refused.includes(id));
}

function listMembers({ pools }: Routing, poolId: string): number[] {
  return pools.find(({ id }) => id === poolId)?.members.map(({ userId }) => userId) ?? [];
}
