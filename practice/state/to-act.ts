import type { Act } from "./events.ts";
import { sendHooks } from "./send-hooks.ts";
import type { World } from "./world.ts";

/** What a user of the account does now; 0 is a robot. */
export function toAct(world: World, by: number): Act {
  const { switches } = world;
  return {
    by,
    now: world.now(),
    tells: () => (switches.eventsLost ? undefined : { lagMs: switches.eventLagMs }),
    hear: (event) => sendHooks(world, event),
  };
}

/** The same while an incoming lead is sorted: nobody knows whether Kommo writes that down. docs/kommo-api.md §14 */
export function toSortingAct(world: World, by: number): Act {
  const act = toAct(world, by);
  const { acceptTold, declineTold } = world.switches;
  return {
    ...act,
    tells: (type) => {
      const isTold = type === "lead_deleted" ? declineTold : acceptTold;
      return isTold ? act.tells?.(type) : undefined;
    },
  };
}
