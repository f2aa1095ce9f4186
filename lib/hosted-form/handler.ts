import "server-only";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import type { Entry } from "@/lib/domain/intake/to-entries";
import { type FormLanguage, formLanguages } from "@/lib/domain/lead/fields";
import { findPublicLanguage, say } from "@/lib/domain/public-form/say";
import { getEnv } from "@/lib/env";
import {
  findBrowserLanguage,
  findNonce,
  findOrigin,
  isAllowedOrigin,
  toHeaders,
  toPage,
  withFrames,
} from "@/lib/intake/answers";
import { readAsset } from "@/lib/intake/form/assets";
import { renderForm } from "@/lib/intake/form/render-form";
import { toErrorPage, toHostedPage } from "@/lib/intake/form/to-page";
import { findFormByKey } from "@/lib/intake/queries";
import type { WebsiteForm } from "@/lib/intake/schema";

const KEY = /^[\da-f]{16}$/;
const TRACES = ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "referrer"];
const LONGEST_TRACE = 255;
const LONGEST_PAGE = 2000;

/** The page `/f/<key>`: the form for those without a site, and for browsers without script. Only listed sites may frame it. */
export async function answerHostedForm(
  request: Request,
  key: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const language = findPublicLanguage(searchParams.get("lang")) ?? findBrowserLanguage(request);
  const about = { language, nonce: findNonce(request) };
  const form = await findForm(key, db);
  const headers = withFrames(new Headers({ "cache-control": "no-store" }), request, form);
  if (!form) return toPage(toErrorPage("unknown_key", "", about), 404, headers);
  if (form.pausedAt !== null) return toPage(toErrorPage("paused", "", about), 200, headers);
  const hidden = listTraces(request, searchParams);
  const html = await renderForm(form, { language, hidden }, db, now);
  const links = toLinks(hidden);
  return toPage(toHostedPage(html, { ...about, links, script: "/form.js" }), 200, headers);
}

/** What the script of another page shows: the same form, for a browser on a listed site. */
export async function answerFormParts(
  request: Request,
  key: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<Response> {
  const origin = findOrigin(request);
  const form = await findForm(key, db);
  if (!form) return Response.json({ error: "unknown_key" }, { status: 404 });
  const isAllowed = isAllowedOrigin(origin, form);
  const headers = toHeaders(origin, isAllowed);
  headers.set("cache-control", "no-store");
  if (origin !== undefined && !isAllowed)
    return Response.json({ error: "foreign_origin" }, { status: 403, headers });
  const asked = findPublicLanguage(new URL(request.url).searchParams.get("lang"));
  const language = asked ?? findBrowserLanguage(request);
  const html =
    form.pausedAt === null
      ? await renderForm(form, { language }, db, now)
      : `<div class="done"><p>${say("paused", language)}</p></div>`;
  return Response.json({ html, css: readAsset("form.css") }, { headers });
}

async function findForm(key: string, db: Db): Promise<WebsiteForm | undefined> {
  return KEY.test(key) ? findFormByKey(key, db) : undefined;
}

/** Where the visitor came from: by the address of this page, else by the page that led here. */
function listTraces(request: Request, query: URLSearchParams): Entry[] {
  const own = TRACES.flatMap((name) => {
    const value = (query.get(name) ?? "").slice(0, LONGEST_TRACE);
    return value === "" ? [] : [{ name, value }];
  });
  const referer = request.headers.get("referer") ?? "";
  const isOurs = URL.canParse(referer) && new URL(referer).origin === getEnv().appUrl;
  // In another language, this page itself has led here.
  const page = isOurs ? (query.get("page") ?? "") : referer;
  return page.length <= LONGEST_PAGE && URL.canParse(page) ? [...own, { name: "page", value: page }] : own;
}

/** The same address in each language, with where the visitor came from. */
function toLinks(traces: readonly Entry[]): Record<FormLanguage, string> {
  const links = formLanguages.map((language) => {
    const query = new URLSearchParams(traces.map(({ name, value }) => [name, value]));
    query.set("lang", language);
    return [language, `?${query}`];
  });
  return Object.fromEntries(links);
}
