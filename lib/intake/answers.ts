import "server-only";
import { findConsentText } from "@/lib/consent/queries";
import { toShownConsent } from "@/lib/consent/schema";
import type { Db } from "@/lib/db/client";
import type { Entry } from "@/lib/domain/intake/to-entries";
import type { FormLanguage } from "@/lib/domain/lead/fields";
import { findPublicLanguage, type Said, say } from "@/lib/domain/public-form/say";
import { getEnv } from "@/lib/env";
import { renderForm } from "./form/render-form";
import { toErrorPage, toThanksPage, toUnknownForm } from "./form/to-page";
import type { WebsiteForm } from "./schema";
import type { Sent } from "./to-sender";

const ADDRESS = "/api/intake/";
const RETRY_SECONDS = 60;
/** Of an answer that is no page. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";

const statuses: Partial<Record<Said, number>> = {
  unknown_key: 404,
  foreign_origin: 403,
  wrong_secret: 401,
  paused: 403,
  too_large: 413,
  too_many: 429,
  wrong_type: 415,
  unreadable: 400,
  has_file: 415,
  contact_missing: 422,
  consent_missing: 422,
  consent_outdated: 422,
  other_body: 422,
  spent: 409,
  not_saved: 503,
};

/** What is known of a request as it is read, for the answer. */
export type Visit = {
  request: Request;
  key: string;
  form?: WebsiteForm;
  origin: string | undefined;
  isAllowed: boolean;
  isForm: boolean;
  entries: readonly Entry[];
};

/** Browsers say "null" when they do not tell where a page is from. */
export function findOrigin(request: Request): string | undefined {
  const origin = request.headers.get("origin");
  return origin === null || origin === "null" ? undefined : origin;
}

/** Our own pages may always send, such as the one that shows an error. */
export function isAllowedOrigin(origin: string | undefined, form: WebsiteForm): boolean {
  return origin !== undefined && (origin === getEnv().appUrl || form.origins.includes(origin));
}

export function toHeaders(origin: string | undefined, isAllowed: boolean): Headers {
  const headers = new Headers({ vary: "origin", "content-security-policy": NOTHING });
  if (origin !== undefined && isAllowed) headers.set("access-control-allow-origin", origin);
  return headers;
}

/** In words: a page with what was typed for a browser without script, JSON for everyone else. */
export async function refuse(visit: Visit, problem: Said, db: Db, now: number): Promise<Response> {
  const { request, origin, isAllowed } = visit;
  const status = statuses[problem] ?? 400;
  const headers = toHeaders(origin, isAllowed);
  if (status === 429 || status === 503) headers.set("retry-after", String(RETRY_SECONDS));
  if (!wantsPage(visit))
    return Response.json({ error: problem, message: say(problem, findLanguage(visit)) }, { status, headers });
  const about = { language: findLanguage(visit), nonce: findNonce(request) };
  const html = toErrorPage(problem, await toFormAgain(visit, problem, db, now), about);
  return toPage(html, status, withFrames(headers, request, visit.form));
}

/** Our own form as it was; of another page's form the fields that came. */
async function toFormAgain(visit: Visit, problem: Said, db: Db, now: number): Promise<string> {
  const { key, form, entries } = visit;
  const language = findLanguage(visit);
  // Our own page may send to every form, and must not do so for another site.
  if (problem === "foreign_origin") return "";
  const isOurs = entries.some(({ name }) => name === "_form");
  // The database may be what has failed.
  if (!form || !isOurs || problem === "not_saved") {
    const isOfConsent = problem === "consent_missing" || problem === "consent_outdated";
    const consent = isOfConsent ? toShownConsent(await findConsentText(db), language) : undefined;
    return toUnknownForm(problem, { action: ADDRESS + key, entries, language, consent });
  }
  const hidden = entries.filter(({ name }) => /^(?:page|referrer|utm_\w+)$/.test(name));
  return renderForm(form, { language, hidden, typed: entries }, db, now);
}

export function toAnswer(
  visit: Visit,
  form: WebsiteForm,
  { sender }: Sent,
  leadId: string | undefined,
): Response {
  const headers = toHeaders(visit.origin, visit.isAllowed);
  // Tilda and Google take no other answer for a success, and would send it again.
  if (sender === "tilda") return new Response("ok", { status: 200, headers });
  if (sender === "google") return Response.json({}, { status: 200, headers });
  if (wantsPage(visit)) {
    headers.set("location", findThanks(visit, form));
    return new Response(null, { status: 303, headers });
  }
  return leadId === undefined
    ? Response.json({ test: true }, { status: 200, headers })
    : Response.json({ id: leadId }, { status: 202, headers });
}

/** The page after a form without script, in the frame that the form may stand in. */
export function toThanks(request: Request, form: WebsiteForm): Response {
  const asked = findPublicLanguage(new URL(request.url).searchParams.get("lang"));
  const language = asked ?? findBrowserLanguage(request);
  const html = toThanksPage({ language, nonce: findNonce(request) });
  return toPage(html, 200, withFrames(new Headers(), request, form));
}

/** `_next` of the form if it leads to one of its sites, else the form's own address, else our page. */
function findThanks(visit: Visit, { thanks, origins }: WebsiteForm): string {
  const next = visit.entries.find(({ name }) => name === "_next")?.value ?? "";
  const isOfSite = URL.canParse(next) && origins.includes(new URL(next).origin);
  if (isOfSite) return new URL(next).href;
  const shown = findShownLanguage(visit);
  return thanks ?? `${ADDRESS}${visit.key}?received${shown ? `&lang=${shown}` : ""}`;
}

/**
 * For a page that only the form's sites may frame. The policy is the one that the front has written into the request
 * (lib/http/secure-headers.ts).
 */
export function withFrames(headers: Headers, request: Request, form: WebsiteForm | undefined): Headers {
  const policy = request.headers.get("content-security-policy") ?? "default-src 'none'";
  const ancestors = form && form.origins.length > 0 ? form.origins.join(" ") : "'none'";
  headers.set("content-security-policy", `${policy}; frame-ancestors ${ancestors}`);
  return headers;
}

export function toPage(html: string, status: number, headers: Headers): Response {
  headers.set("content-type", "text/html; charset=utf-8");
  return new Response(html, { status, headers });
}

function wantsPage({ request, isForm }: Visit): boolean {
  return isForm && (request.headers.get("accept") ?? "").includes("text/html");
}

function findLanguage(visit: Visit): FormLanguage {
  return findShownLanguage(visit) ?? findBrowserLanguage(visit.request);
}

/** In which our own form was shown; undefined for another page's. */
function findShownLanguage({ entries }: Visit): FormLanguage | undefined {
  return findPublicLanguage(entries.find(({ name }) => name === "_form")?.value);
}

export function findBrowserLanguage(request: Request): FormLanguage {
  return findPublicLanguage(request.headers.get("accept-language")) ?? "en";
}

/** The front has written the policy into the request too (lib/http/secure-headers.ts). */
export function findNonce(request: Request): string {
  return /'nonce-([\w+/=]+)'/.exec(request.headers.get("content-security-policy") ?? "")?.[1] ?? "";
}
