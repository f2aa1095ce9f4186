import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { answerApi } from "./api/answer-api.ts";
import { isProgram, send } from "./api/transport.ts";
import { answerPage } from "./board/answer-page.ts";
import { type Control, createControl } from "./control.ts";
import { createControlServer } from "./control-server.ts";
import { type Chaos, createFaults, type Fault } from "./faults/faults.ts";
import { createHeld } from "./faults/held.ts";
import { createLimiter, type Limits } from "./faults/limiter.ts";
import { type Switches, switchesSchema } from "./faults/switches.ts";
import { listen, stopListening } from "./listen.ts";
import { type Account, openAccount } from "./state/account.ts";
import type { JournalEntry } from "./state/journal.ts";
import type { Incoming } from "./state/records.ts";
import { openStore } from "./state/store.ts";
import { issueToken } from "./state/token.ts";
import type { World } from "./state/world.ts";

export { FAULT_KINDS, type Fault, type FaultKind } from "./faults/faults.ts";
export type { Switches } from "./faults/switches.ts";

/** `controlPort` opens the control over HTTP (0: any free port); `tls` holds PEM texts; `block` is 30 refused requests within a minute. */
export type PracticeOptions = {
  port?: number;
  host?: string;
  stateFile?: string;
  requestsPerSecond?: number;
  block?: Limits["block"];
  controlPort?: number;
  tls?: { key: string; cert: string };
  chaos?: Chaos;
  switches?: Partial<Switches>;
  /** Kommo's clock in epoch milliseconds, when it is not this machine's. */
  now?: () => number;
  /** Instead of the small account that is made by default. */
  account?: Account;
};

/** `item` is the item as it was posted, `createdAt` the milliseconds at which it was taken. */
export type IncomingLeadRecord = {
  uid: string;
  requestId: string;
  leadId: number;
  contactId: number | null;
  outcome: Incoming["outcome"];
  item: unknown;
  createdAt: number;
};

export type Practice = {
  url: string;
  token: string;
  /** Undefined unless a `controlPort` was asked for. */
  controlUrl: string | undefined;
  journal: JournalEntry[];
  control: Control;
  /** Newest first, sorted and merged ones too. */
  incomingLeads(): IncomingLeadRecord[];
  failNext(fault: Fault, times?: number): void;
  close(): Promise<void>;
};

/** A strict Kommo on this machine, with a small account in it and faults on demand. docs/kommo-api.md §15 */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const { port = 0, host = "127.0.0.1", tls, controlPort } = options;
  const world = createWorld(options);
  // A new secret has to outlive this process, as the desk may keep the token.
  await world.store.save();
  const control = createControl(world);
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    answer(world, request, response).catch(() => response.destroy());
  };
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  const takenPort = await listen(server, port, host);
  world.base = `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${takenPort}`;
  const controlServer = controlPort === undefined ? undefined : createControlServer(world, control);
  const controlTaken = controlServer && (await listen(controlServer, controlPort ?? 0, "127.0.0.1"));

  async function close() {
    await Promise.all([server, ...(controlServer ? [controlServer] : [])].map(stopListening));
    await world.store.save();
  }

  return {
    url: world.base,
    token: issueToken(undefined, world.store.secret),
    controlUrl: controlTaken ? `http://127.0.0.1:${controlTaken}` : undefined,
    journal: world.journal,
    control,
    incomingLeads: () => [...world.store.state.incoming.values()].map(toRecord).reverse(),
    failNext: control.failNext,
    close,
  };
}

function createWorld(options: PracticeOptions): World {
  const { stateFile, requestsPerSecond = 7, chaos, block = { refusals: 30, withinMs: 60_000 } } = options;
  const faults = createFaults();
  if (chaos) faults.setChaos(chaos);
  return {
    base: "",
    renamedTo: null,
    now: options.now ?? Date.now,
    store: openStore(stateFile),
    account: options.account ?? openAccount(),
    switches: switchesSchema.parse(options.switches ?? {}),
    poison: null,
    faults,
    held: createHeld(),
    limiter: createLimiter({ perSecond: requestsPerSecond, block }),
    journal: [],
  };
}

function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isApi = request.url?.startsWith("/api/") || request.url?.startsWith("/oauth2/");
  if (isApi && !isProgram(request)) {
    send(response, 403, { "Content-Type": "text/plain" }, "Only programs on this machine may ask.");
    return Promise.resolve();
  }
  return isApi ? answerApi(world, request, response) : answerPage(world, request, response);
}

function toRecord(incoming: Incoming): IncomingLeadRecord {
  return {
    uid: incoming.uid,
    requestId: incoming.request_id,
    leadId: incoming.lead_id,
    contactId: incoming.contact_id,
    outcome: incoming.outcome,
    item: incoming.item,
    createdAt: incoming.received_at,
  };
}
