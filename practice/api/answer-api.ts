import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../faults/faults.ts";
import type { Switches } from "../faults/switches.ts";
import { ADMIN_ID } from "../state/account.ts";
import { isLive } from "../state/grants.ts";
import { type JournalEntry, record } from "../state/journal.ts";
import { mergeIncoming } from "../state/merge.ts";
import { toAct, toSortingAct } from "../state/to-act.ts";
import { findTokenId, LONG_LIVED } from "../state/token.ts";
import type { World } from "../state/world.ts";
import { type Answer, problem } from "./answer.ts";
import { findEndOfPatience } from "./end-of-patience.ts";
import { blocked, gateway, toFailure, tooMany, unauthorized, unpaid } from "./failures.ts";
import { withoutIgnored } from "./ignored-filters.ts";
import { answerOauth, answerOldHost, isOldHost } from "./oauth.ts";
import { withOddRecords } from "./odd-records.ts";
import { parseQuery } from "./query.ts";
import { route } from "./routes.ts";
import { withTextIds } from "./text-ids.ts";
import { cut, cutWithin, parseBody, readBody, send } from "./transport.ts";
import { toWire } from "./wire.ts";

const ROBOT = 0;

type Arrival = {
  entry: JournalEntry;
  headers: IncomingHttpHeaders;
  isAllowed: boolean;
  isTooLong: boolean;
};

/** One API request: the next fault, the token, the plan, the limit, then the route. docs/kommo-api.md §15 */
export async function answerApi(world: World, request: IncomingMessage, response: ServerResponse) {
  const { authorization = "", host = "" } = request.headers;
  const { method = "GET", url = "/" } = request;
  const entry = record(world.journal, { at: world.now(), host, method, path: url });
  const isBlocked = world.limiter.isBlocked();
  const fault = isBlocked ? undefined : world.faults.take(method, url);
  // A request counts against the limit whether or not a fault ends it.
  const isAllowed = isBlocked || world.limiter.allow(authorization, entry.at);
  entry.fault = fault?.kind ?? null;
  const text = await readBody(request);
  entry.body = parseBody(text ?? "");
  if (fault?.kind === "cut-before") return cut(request);
  if (fault?.kind === "slow") await sleep(fault.ms, undefined, { ref: false });

  const arrival = { entry, headers: request.headers, isAllowed, isTooLong: text === undefined };
  await world.held.applyDue(world.now());
  const answer = isBlocked ? blocked() : await answerBy(fault, world, arrival);
  if (!answer) return;
  if (fault?.kind === "slow-after") await sleep(fault.ms, undefined, { ref: false });
  response.setHeader("Date", new Date(world.now()).toUTCString());
  reply(request, response, entry, answer, fault);
}

/** By the fault, or by the work, which some faults let be done all the same; undefined when there is never an answer. */
async function answerBy(fault: Fault | undefined, world: World, arrival: Arrival) {
  const { method, path } = arrival.entry;
  if (fault?.kind === "hold-cut" || fault?.kind === "hold-504") {
    const at = fault.ms === undefined ? Number.POSITIVE_INFINITY : world.now() + fault.ms;
    world.held.add(at, () => handle(world, arrival));
    return gateway(504, "Gateway Time-out");
  }
  const refusal = fault && toFailure(fault, method, world.base + path);
  if (!refusal) return handle(world, arrival);
  if ("isApplied" in fault && fault.isApplied) await handle(world, arrival);
  return refusal;
}

function reply(
  request: IncomingMessage,
  response: ServerResponse,
  entry: JournalEntry,
  answer: Answer,
  fault: Fault | undefined,
): void {
  const wire = toWire(answer, fault);
  if (!wire) cut(request);
  else if (wire.sent !== undefined) cutWithin(response, wire);
  else {
    entry.status = wire.status;
    send(response, wire.status, wire.headers, wire.text);
  }
}

async function handle(
  world: World,
  { entry, headers, isAllowed, isTooLong }: Arrival,
): Promise<Answer | undefined> {
  const { account, switches, poison, store } = world;
  const now = world.now();
  if (entry.path.startsWith("/oauth2/")) {
    const answer = isAllowed ? answerOauth(world, entry, headers) : tooMany("json", switches.retryAfter);
    await store.save();
    return answer;
  }
  if (isOldHost(world, entry.host)) return answerOldHost(world, entry.path);
  if (!isAuthorised(world, headers.authorization, now)) return unauthorized();
  if (switches.planUnpaid) return unpaid();
  if (!isAllowed) return tooMany(switches.tooMany, switches.retryAfter);
  if (isTooLong) return problem(413, "Request body is too large");

  mergeIncoming(store.state, switches.mergeAfterMs, toAct(world, ROBOT));
  const url = new URL(world.base + entry.path);
  const query = withoutIgnored(parseQuery(url.searchParams), url.pathname, switches);
  const { method, body } = entry;
  const end = findEndOfPatience(world, body);
  if (end) return end === "hang" ? undefined : gateway(504, "Gateway Time-out");
  const act = (by = ADMIN_ID) => toAct(world, by);
  const sortingAct = (by = ADMIN_ID) => toSortingAct(world, by);
  const call = {
    state: store.state,
    account,
    switches,
    poison,
    method,
    url,
    query,
    body,
    now,
    act,
    sortingAct,
  };
  const answer = route(call);
  if (method !== "GET" && answer.status < 500) await store.save();
  return method === "GET" ? withOddities(answer, switches) : answer;
}

function isAuthorised({ store, switches }: World, authorization = "", now: number): boolean {
  const token = /^Bearer (.+)$/.exec(authorization)?.[1];
  if (!token || switches.tokenRevoked) return false;
  const id = findTokenId(token, store.secret, now);
  return id === LONG_LIVED || (id !== undefined && isLive(store.grants, id));
}

function withOddities(answer: Answer, { oddRecords, textIds }: Switches): Answer {
  const listed = oddRecords ? withOddRecords(answer) : answer;
  return textIds ? withTextIds(listed) : listed;
}
