import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback, readBody, send } from "../api/transport.ts";
import { ADMIN_ID, SUBDOMAIN } from "../state/account.ts";
import { createEdits } from "../state/edit-records.ts";
import { isHookAddress } from "../state/send-hooks.ts";
import { acceptOrDecline } from "../state/sort-incoming.ts";
import { toSortingAct } from "../state/to-act.ts";
import type { World } from "../state/world.ts";
import { board } from "./board.ts";
import { html } from "./html.ts";
import { leadPage } from "./lead-page.ts";
import { page, pageHeaders } from "./page.ts";

type Page = { status: number; title: string; main: ReturnType<typeof html> };

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
  const verb = /^\/board\/(accept|decline|move|hook)$/.exec(path)?.[1];
  if (request.method === "POST" && verb) return actFromBoard(world, verb, request, response);

  const { status, title, main } = findPage(world, path);
  send(response, status, pageHeaders, page(title, main));
}

async function actFromBoard(world: World, verb: string, request: IncomingMessage, response: ServerResponse) {
  const form = new URLSearchParams((await readBody(request)) ?? "");
  if (request.headers.origin !== `${new URL(world.base).protocol}//${request.headers.host}`) {
    return send(response, 403, { "Content-Type": "text/plain" }, "Use the buttons on the board itself.");
  }
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

function findPage({ account, store: { state } }: World, path: string): Page {
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
