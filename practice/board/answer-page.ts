import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback, readBody, send } from "../api/transport.ts";
import { SUBDOMAIN } from "../state/account.ts";
import { acceptOrDecline } from "../state/sort-incoming.ts";
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
  const verb = /^\/board\/(accept|decline)$/.exec(path)?.[1];
  if (request.method === "POST" && (verb === "accept" || verb === "decline")) {
    return sortFromBoard(world, verb, request, response);
  }

  const { status, title, main } = findPage(world, path);
  send(response, status, pageHeaders, page(title, main));
}

async function sortFromBoard(
  world: World,
  verb: "accept" | "decline",
  request: IncomingMessage,
  response: ServerResponse,
) {
  const form = new URLSearchParams((await readBody(request)) ?? "");
  if (request.headers.origin !== `${new URL(world.base).protocol}//${request.headers.host}`) {
    return send(response, 403, { "Content-Type": "text/plain" }, "Use the buttons on the board itself.");
  }
  // Nothing happens to a lead that somebody has sorted meanwhile: the board shows it.
  const { state } = world.store;
  const incoming = state.incoming.get(form.get("uid") ?? "");
  const { responsibleAfterAccept } = world.switches;
  acceptOrDecline(state, world.account, incoming, verb, world.now(), responsibleAfterAccept);
  await world.store.save();
  send(response, 303, { Location: "/" }, undefined);
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
