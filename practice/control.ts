import type { Chaos, Fault } from "./faults/faults.ts";
import type { Poison } from "./faults/poison.ts";
import type { Switches } from "./faults/switches.ts";
import { callHook, disable, type HookOptions } from "./oauth/hook.ts";
import { ADMIN_ID } from "./state/account.ts";
import { createChanges } from "./state/change-account.ts";
import { createEdits } from "./state/edit-records.ts";
import { issueCode, revokeAll } from "./state/grants.ts";
import { busiestSecond } from "./state/journal.ts";
import { isHookAddress } from "./state/send-hooks.ts";
import { acceptOrDecline } from "./state/sort-incoming.ts";
import { toSortingAct } from "./state/to-act.ts";
import { CLIENT_ID, toClientSecret } from "./state/token.ts";
import type { World } from "./state/world.ts";

export type Control = ReturnType<typeof createControl>;

/**
 * Everything that can be done to a practice Kommo while others use it: faults, switches, people's hands.
 * docs/kommo-api.md §14, §15
 */
export function createControl(world: World) {
  const { state, save } = world.store;

  async function sort(leadId: number, verb: "accept" | "decline", by = ADMIN_ID): Promise<void> {
    const incoming = state.incomingOfLead.get(leadId);
    const { responsibleAfterAccept } = world.switches;
    if (
      !acceptOrDecline(state, world.account, incoming, verb, toSortingAct(world, by), responsibleAfterAccept)
    ) {
      throw new Error(`The lead ${leadId} is not among the incoming ones.`);
    }
    await save();
  }

  return {
    ...createChanges(world.account),
    ...createEdits(world),
    /** The next `times` requests that fit meet the fault. */
    failNext(fault: Fault, times = 1): void {
      world.faults.failNext(fault, times);
    },
    /** Forgets the faults that wait in line and ends chaos. */
    clearFaults(): void {
      world.faults.clear();
      world.faults.setChaos(null);
    },
    /** Kommo applies now all requests that it holds. */
    applyHeld: () => world.held.applyAll(),
    setChaos(chaos: Chaos | null): void {
      world.faults.setChaos(chaos);
    },
    setPoison(poison: Poison | null): void {
      world.poison = poison;
    },
    setSwitch<K extends keyof Switches>(name: K, value: Switches[K]): void {
      world.switches[name] = value;
    },
    switches: (): Readonly<Switches> => ({ ...world.switches }),
    revokeToken(on = true): void {
      world.switches.tokenRevoked = on;
    },
    /** The integration's keys, as its window shows them. */
    integration: () => ({ clientId: CLIENT_ID, clientSecret: toClientSecret(world.store.secret) }),
    setAddresses(addresses: { redirectUri?: string; hookUrl?: string }): void {
      Object.assign(world.store.grants, addresses);
    },
    issueCode: () => issueCode(world.store.grants, world.now()),
    /** All pairs of tokens that were given for codes end; a new code works. */
    revokeGrants: () => revokeAll(world.store.grants),
    disableIntegration: (options?: HookOptions) => disable(world, options),
    callHook: (options?: HookOptions) => callHook(world, options),
    /** The account answers at this name of the machine only; null is the one that it began with. */
    renameHost(name: string | null): void {
      world.renamedTo = name;
    },
    setUnpaid(on: boolean): void {
      world.switches.planUnpaid = on;
    },
    /** `by`: the user who does it, an admin unless said. */
    accept: (leadId: number, by?: number) => sort(leadId, "accept", by),
    decline: (leadId: number, by?: number) => sort(leadId, "decline", by),
    /** Kommo tells these addresses of changes; only programs on this machine. */
    async setHooks(addresses: string[]): Promise<void> {
      if (!addresses.every(isHookAddress)) throw new Error("A hook must lead to this machine.");
      state.hooks = addresses;
      await save();
    },
    busiestSecond: () => busiestSecond(world.journal),
    isBlocked: () => world.limiter.isBlocked(),
    /** What Kommo's support does after a block; the limiter starts afresh. */
    resetBlock(): void {
      world.limiter.reset();
    },
  };
}
