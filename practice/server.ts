import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type ApiContext, answerApi, type JournalEntry } from "./api.ts";
import { createFaults, type Fault } from "./faults.ts";
import { createLimiter } from "./limiter.ts";
import { openStore } from "./state.ts";
import { issueToken } from "./token.ts";
import { answerPage } from "./web.ts";

export type { JournalEntry } from "./api.ts";
export type { Fault } from "./faults.ts";

export type PracticeOptions = {
  port?: number;
  host?: string;
  stateFile?: string;
  requestsPerSecond?: number;
};

/** `item` is the item as it was posted, `createdAt` the milliseconds at which it was taken. */
export type IncomingLeadRecord = {
  uid: string;
  requestId: string;
  leadId: number;
  contactId: number | null;
  item: unknown;
  createdAt: number;
};

export type Practice = {
  url: string;
  token: string;
  journal: JournalEntry[];
  incomingLeads(): IncomingLeadRecord[];
  failNext(fault: Fault, times?: number): void;
  close(): Promise<void>;
};

/** A strict Kommo on this machine, with the account of the team's guide in it. kommo-api.md §15 */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const { port = 0, host = "127.0.0.1", stateFile, requestsPerSecond = 7 } = options;
  const { failNext, take } = createFaults();
  const context: ApiContext = {
    base: "",
    store: openStore(stateFile),
    journal: [],
    faults: { failNext, take },
    allow: createLimiter(requestsPerSecond),
  };
  const server = createServer((request, response) => {
    answer(context, request, response).catch(() => response.destroy());
  });
  // As long as the proxy before the real one keeps it; a client that reuses a closed connection sees it cut.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const address = server.address();
  const takenPort = typeof address === "object" && address ? address.port : port;
  context.base = `http://${host.includes(":") ? `[${host}]` : host}:${takenPort}`;

  async function close() {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await context.store.save();
  }

  return {
    url: context.base,
    token: issueToken(),
    journal: context.journal,
    incomingLeads: () => context.store.state.incoming.map(toRecord).reverse(),
    failNext,
    close,
  };
}

function answer(context: ApiContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isApi = request.url?.startsWith("/api/");
  return isApi ? answerApi(context, request, response) : answerPage(context.store, request, response);
}

function toRecord(incoming: ApiContext["store"]["state"]["incoming"][number]): IncomingLeadRecord {
  return {
    uid: incoming.uid,
    requestId: incoming.request_id,
    leadId: incoming.lead_id,
    contactId: incoming.contact_id,
    item: incoming.item,
    createdAt: incoming.received_at,
  };
}
