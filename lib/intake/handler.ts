import "server-only";
import { randomUUID } from "node:crypto";
import { toNetwork } from "@/lib/auth/to-limit-keys";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { toDiskFailure } from "@/lib/db/disk";
import type { Entry } from "@/lib/domain/intake/to-entries";
import { toReceivedLead } from "@/lib/domain/intake/to-received-lead";
import { toCountry } from "@/lib/domain/lead/phone";
import type { Suspicion } from "@/lib/domain/lead/states";
import { getEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { listFormFields } from "@/lib/published-mapping/queries";
import { countVisit } from "./count-visit";
import { findSuspicion, toTimeToken } from "./find-suspicion";
import { noteRequest, saveReceipt } from "./mutations";
import { findFormByKey, listSecretHashes } from "./queries";
import { readBody, readLimited } from "./read-body";
import type { RequestResult, WebsiteForm } from "./schema";
import { isOneOf } from "./secrets";
import { toErrorPage, toThanksPage } from "./to-page";
import { type Sent, toIdentity, toSender } from "./to-sender";
import { type Said, say, toFormLanguage, toLanguage } from "./words";

const KEY = /^[\da-f]{16}$/;
const LONGEST_HEADER = 4096;
const ADDRESS = "/api/intake/";
const RETRY_SECONDS = 60;

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
  other_body: 422,
  not_saved: 503,
};

const FORM_TYPES = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** What is known of a request as it is read, for the answer. */
type Visit = {
  request: Request;
  key: string;
  form?: WebsiteForm;
  origin: string | undefined;
  isAllowed: boolean;
  isForm: boolean;
  entries: readonly Entry[];
};

/**
 * Takes what a website form or a program sends to the form of this public key. Answers 202 after the commit, never waits
 * for Kommo, and answers what it cannot take with a 4xx in words.
 */
export async function answerIntake(
  request: Request,
  key: string,
  db: Db = getDb(),
  clock: () => number = tellTime,
): Promise<Response> {
  const isForm = FORM_TYPES.test(request.headers.get("content-type") ?? "");
  const visit: Visit = { request, key, origin: findOrigin(request), isAllowed: false, isForm, entries: [] };
  try {
    return await receive(visit, db, clock);
  } catch (error) {
    const failure = toDiskFailure(error) ?? error;
    log.error({ err: failure }, "a website lead was not saved, and its sender was told so");
    return refuse(visit, "not_saved");
  }
}

/** Whether a page of that origin may send here: the browser asks first. */
export async function answerPreflight(request: Request, key: string, db: Db = getDb()): Promise<Response> {
  const origin = findOrigin(request);
  const form = KEY.test(key) ? await findFormByKey(key, db) : undefined;
  const isAllowed = form !== undefined && isAllowedOrigin(origin, form);
  const headers = toHeaders(origin, isAllowed);
  headers.set("access-control-allow-methods", "POST");
  headers.set("access-control-allow-headers", "content-type, idempotency-key");
  headers.set("access-control-max-age", "600");
  return new Response(null, { status: isAllowed ? 204 : 403, headers });
}

/** The time token for a page with script, and the page after a form without one. */
export async function answerVisitor(
  request: Request,
  key: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  if (searchParams.has("token")) return answerToken(request, key, db, now);
  const isReceived = searchParams.has("received");
  const form = isReceived && KEY.test(key) ? await findFormByKey(key, db) : undefined;
  if (form) return toPage(toThanksPage(findLanguage(request), findNonce(request)), 200, new Headers());
  const status = isReceived ? 404 : 405;
  return new Response(null, { status, headers: isReceived ? {} : { allow: "POST, OPTIONS" } });
}

async function answerToken(request: Request, key: string, db: Db, now: number): Promise<Response> {
  const origin = findOrigin(request);
  const form = KEY.test(key) ? await findFormByKey(key, db) : undefined;
  if (!form) return new Response(null, { status: 404 });
  const token = toTimeToken(form.id, getEnv().secret, now);
  return Response.json({ token }, { headers: toHeaders(origin, isAllowedOrigin(origin, form)) });
}

async function receive(visit: Visit, db: Db, clock: () => number): Promise<Response> {
  const { request, key, origin } = visit;
  const bytes = await readLimited(request);
  // A body may take minutes to come, and counts when it is here.
  const now = clock();
  const form = KEY.test(key) ? await findFormByKey(key, db) : undefined;
  if (!form) return refuse(visit, "unknown_key");
  visit.form = form;
  visit.isAllowed = isAllowedOrigin(origin, form);

  const body = bytes && (await readBody(request.headers.get("content-type") ?? "", bytes));
  if (body && "entries" in body) visit.entries = body.entries;
  const sent = toSender(visit.entries);
  const secret = await findSecret(request, sent, form.id, db, now);
  const network = secret === "right" ? undefined : toNetwork(request.headers.get("x-forwarded-for") ?? "");
  const visits = countVisit(form.id, network, now);
  if (visits === "refused") return refuseAndNote(visit, form, "too_many", db, now);
  if (visits === "refused_again") return refuse(visit, "too_many");

  const ofBody = !body ? "too_large" : "problem" in body ? body.problem : undefined;
  const problem = findProblem(visit, form, secret) ?? ofBody;
  if (problem) return refuseAndNote(visit, form, problem, db, now);
  // Who has a secret key has proved itself.
  const checked = { formId: form.id, asksToken: form.asksToken, isOften: visits === "often" };
  const isProven = secret === "right";
  const suspicion = isProven ? undefined : findSuspicion(visit.entries, checked, getEnv().secret, now);
  return accept(visit, { form, sent, isProven, suspicion }, db, now);
}

type Problem = Extract<RequestResult, Said>;

function findProblem(
  { origin, isAllowed }: Visit,
  { pausedAt }: WebsiteForm,
  secret: "none" | "right" | "wrong",
): Problem | undefined {
  if (origin !== undefined && !isAllowed) return "foreign_origin";
  if (secret === "wrong") return "wrong_secret";
  return pausedAt === null ? undefined : "paused";
}

type Accepted = { form: WebsiteForm; sent: Sent; isProven: boolean; suspicion: Suspicion | undefined };

async function accept(
  visit: Visit,
  { form, sent, isProven, suspicion }: Accepted,
  db: Db,
  now: number,
): Promise<Response> {
  const { request, entries } = visit;
  if (sent.isTest) {
    await noteRequest({ formId: form.id, result: "test", entries }, db, now);
    return toAnswer(visit, form, sent, undefined);
  }

  const header = request.headers.get("idempotency-key") ?? "";
  const key = header === "" || header.length > LONGEST_HEADER ? undefined : header;
  const identity = toIdentity(form.id, { ownId: sent.ownId, isProven }, key, entries);
  const fields = await listFormFields(db);
  const lead = toReceivedLead([...entries, ...sent.utm, ...toPageOfVisitor(request, visit.origin)], {
    id: identity.leadId ?? randomUUID(),
    targets: form.targets,
    form: fields,
    country: toCountry(fields.defaultCountry),
  });
  if (!lead) return refuseAndNote(visit, form, "contact_missing", db, now);

  const named = entries.find(({ name }) => name === "_language")?.value;
  const language = toFormLanguage(named, request.headers.get("accept-language"));
  const receipt = { formId: form.id, lead, form: fields, identity, suspicion, entries, language };
  const received = await saveReceipt(receipt, db, now);
  if (received.result === "other_body") return refuse(visit, "other_body");
  return toAnswer(visit, form, sent, received.leadId);
}

/** The page that the browser came from, which may have UTM values in its address. Another site's address says nothing. */
function toPageOfVisitor(request: Request, origin: string | undefined): Entry[] {
  const referer = request.headers.get("referer") ?? "";
  const isOfSite = origin !== undefined && URL.canParse(referer) && new URL(referer).origin === origin;
  return isOfSite ? [{ name: "page", value: referer }] : [];
}

/** In the header, or in the body as Google's lead forms have it. */
async function findSecret(request: Request, { googleKey }: Sent, formId: string, db: Db, now: number) {
  const header = request.headers.get("authorization");
  if (header === null && googleKey === undefined) return "none";
  const given = [
    ...(header === null ? [] : [/^Bearer (\S{1,200})$/i.exec(header)?.[1]]),
    ...(googleKey === undefined ? [] : [googleKey.slice(0, 200)]),
  ];
  const hashes = await listSecretHashes(formId, db, now);
  return given.every((secret) => secret !== undefined && isOneOf(secret, hashes)) ? "right" : "wrong";
}

/** Browsers say "null" when they do not tell where a page is from. */
function findOrigin(request: Request): string | undefined {
  const origin = request.headers.get("origin");
  return origin === null || origin === "null" ? undefined : origin;
}

/** Our own pages may always send, such as the one that shows an error. */
function isAllowedOrigin(origin: string | undefined, form: WebsiteForm): boolean {
  return origin !== undefined && (origin === getEnv().appUrl || form.origins.includes(origin));
}

async function refuseAndNote(visit: Visit, form: WebsiteForm, problem: Problem, db: Db, now: number) {
  await noteRequest({ formId: form.id, result: problem, entries: visit.entries }, db, now);
  return refuse(visit, problem);
}

function refuse(visit: Visit, problem: Said): Response {
  const { request, key, origin, isAllowed, entries } = visit;
  const status = statuses[problem] ?? 400;
  const headers = toHeaders(origin, isAllowed);
  if (status === 429 || status === 503) headers.set("retry-after", String(RETRY_SECONDS));
  const language = findLanguage(request);
  if (wantsPage(visit)) {
    const page = { action: ADDRESS + key, entries, language, nonce: findNonce(request) };
    return toPage(toErrorPage(problem, page), status, headers);
  }
  return Response.json({ error: problem, message: say(problem, language) }, { status, headers });
}

function toAnswer(visit: Visit, form: WebsiteForm, { sender }: Sent, leadId: string | undefined): Response {
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

/** `_next` of the form if it leads to one of its sites, else the form's own address, else our page. */
function findThanks({ entries, key }: Visit, { thanks, origins }: WebsiteForm): string {
  const next = entries.find(({ name }) => name === "_next")?.value ?? "";
  const isOfSite = URL.canParse(next) && origins.includes(new URL(next).origin);
  return isOfSite ? new URL(next).href : (thanks ?? `${ADDRESS}${key}?received`);
}

function toHeaders(origin: string | undefined, isAllowed: boolean): Headers {
  const headers = new Headers({ vary: "origin" });
  if (origin !== undefined && isAllowed) headers.set("access-control-allow-origin", origin);
  return headers;
}

function toPage(html: string, status: number, headers: Headers): Response {
  headers.set("content-type", "text/html; charset=utf-8");
  return new Response(html, { status, headers });
}

function wantsPage({ request, isForm }: Visit): boolean {
  return isForm && (request.headers.get("accept") ?? "").includes("text/html");
}

function findLanguage(request: Request) {
  return toLanguage(request.headers.get("accept-language"));
}

/** The front has written the policy into the request too (lib/http/secure-headers.ts). */
function findNonce(request: Request): string {
  return /'nonce-([\w+/=]+)'/.exec(request.headers.get("content-security-policy") ?? "")?.[1] ?? "";
}
