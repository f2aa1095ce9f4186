import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback, readBody, send } from "../api/transport.ts";
import { pressButton } from "../oauth/press-button.ts";
import { ADMIN_ID, SUBDOMAIN } from "../state/account.ts";
import { createEdits } from "../state/edit-records.ts";
import { isHookAddress } from "../state/send-hooks.ts";
import { acceptOrDecline } from "../state/sort-incoming.ts";
import { toSortingAct } from "../state/to-act.ts";
import { CLIENT_ID } from "../state/token.ts";
import type { World } from "../state/world.ts";
import { board } from "./board.ts";
import { html } from "./html.ts";
import { authorisePage, integrationPage } from "./integration-page.ts";
import { leadPage } from "./lead-page.ts";
import { page, toPageHeaders } from "./page.ts";

/** `leadsTo` is another origin to which a form of the page may lead. */
type Page = { status: number; title: string; main: ReturnType<typeof html>; leadsTo?: string };

/** The pages a person looks at. They need no token, so they answer only to a loopback name. */
export async function answerPage(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split("?")[0] ?? "/";
  if (!isLoopback(request.headers.host)) {
    return send(response, 421, { "Content-Type": "text/plain" }, "Open this page as 127.0.0.1 or localhost.");
  }
  if (request.method === "POST" && /^\/(oauth|integration)(\/|$)/.test(path)) {
    return pressFrom(world, path, request, response);
  }
  const verb = /^\/board\/(accept|decline|move|hook)$/.exec(path)?.[1];
  if (request.method === "POST" && verb) return actFromBoard(world, verb, request, response);

  const { status, title, main, leadsTo } = findPage(world, new URL(request.url ?? "/", world.base));
  send(response, status, toPageHeaders(leadsTo), page(title, main));
}

async function pressFrom(world: World, path: string, request: IncomingMessage, response: ServerResponse) {
  const form = new URLSearchParams((await readBody(request)) ?? "");
  if (!isOwnForm(world, request)) return refuseForeign(response);
  const to = await pressButton(world, path, form);
  if (to) return send(response, 303, { Location: to }, undefined);
  send(response, 404, { "Content-Type": "text/plain" }, "There is no such button.");
}

function isOwnForm({ base }: World, { headers }: IncomingMessage): boolean {
  return headers.origin === `${new URL(base).protocol}//${headers.host}`;
}

function refuseForeign(response: ServerResponse): void {
  send(response, 403, { "Content-Type": "text/plain" }, "Use the buttons on the board itself.");
}

async function actFromBoard(world: World, verb: string, request: IncomingMessage, response: ServerResponse) {
  const form = new URLSearchParams((await readBody(request)) ?? "");
  if (!isOwnForm(world, request)) return refuseForeign(response);
  await act(world, verb, form);
  send(response, 303, { Location: "/" }, undefined);
}

/** Nothing happens to a lead that somebody has sorted or deleted meanwhile: the board shows it. */
async function act(world: World, verb: string, form: URLSearchParams): Promise<void> {
  if (verb === "move") return moveLead(world, form);
  const { state } = world.store;
  if (verb === "hook") {
    const address = form.get("address")?.trim() ?? "";
    if (address === "" || isHookAddress(address)) state.hooks = address === "" ? [] : [address];
    return world.store.save();
  }
  const incoming = state.incoming.get(form.get("uid") ?? "");
  const { responsibleAfterAccept } = world.switches;
  if (verb !== "accept" && verb !== "decline") return;
  acceptOrDecline(
    state,
    world.account,
    incoming,
    verb,
    toSortingAct(world, ADMIN_ID),
    responsibleAfterAccept,
  );
  await world.store.save();
}

async function moveLead(world: World, form: URLSearchParams): Promise<void> {
  const [leadId, statusId] = [Number(form.get("lead")), Number(form.get("stage"))];
  const reason = Number(form.get("reason")) || undefined;
  const edits = createEdits(world);
  await edits.moveLead({ leadId, statusId, lossReasonId: reason }).catch(() => undefined);
}

function findPage(world: World, { pathname: path, searchParams }: URL): Page {
  const { account, store } = world;
  const { state, grants } = store;
  if (path === "/oauth" && searchParams.get("client_id") === CLIENT_ID) {
    const leadsTo = URL.canParse(grants.redirectUri) ? new URL(grants.redirectUri).origin : undefined;
    return { status: 200, ...authorisePage(world, searchParams.get("state") ?? ""), leadsTo };
  }
  if (path === "/integration") return { status: 200, ...integrationPage(world) };
  if (path === "/")
    return { status: 200, title: `Practice Kommo — ${SUBDOMAIN}`, main: board(state, account) };
  const id = /^\/leads\/detail\/(\d+)$/.exec(path)?.[1];
  const lead = id === undefined ? undefined : leadPage(state, account, id);
  return lead ? { status: 200, ...lead } : notFound;
}

const notFound: Page = {
  status: 404,
  title: "Not found — Practice Kommo",
  main: html`<div class="story">
<h1>There is nothing at this address</h1>
<p>The lead may belong to another practice account, or this one was started afresh.</p>
<p><a href="/">Back to the board</a></p>
</div>`,
};
