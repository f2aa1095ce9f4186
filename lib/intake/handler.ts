import "server-only";
import { randomUUID } from "node:crypto";
import { toNetwork } from "@/lib/auth/to-limit-keys";
import { tellTime } from "@/lib/clock";
import { findConsentText, readConsent } from "@/lib/consent/queries";
import { type Db, getDb } from "@/lib/db/client";
import { toDiskFailure } from "@/lib/db/disk";
import type { Entry } from "@/lib/domain/intake/to-entries";
import { toReceivedLead } from "@/lib/domain/intake/to-received-lead";
import type { Consent } from "@/lib/domain/lead/consent";
import { toCountry } from "@/lib/domain/lead/phone";
import type { Lead } from "@/lib/domain/lead/schema";
import type { Suspicion } from "@/lib/domain/lead/states";
import { findPublicLanguage, type Said } from "@/lib/domain/public-form/say";
import { getEnv } from "@/lib/env";
import { findGone } from "@/lib/leads/gone-leads";
import { log } from "@/lib/log";
import { listFormFields } from "@/lib/published-mapping/queries";
import { findOrigin, isAllowedOrigin, refuse, toAnswer, toHeaders, toThanks, type Visit } from "./answers";
import { countVisit } from "./count-visit";
import { findSuspicion, toTimeToken } from "./find-suspicion";
import { noteRequest, saveReceipt } from "./mutations";
import { drawChallenge, type Proof, readProof } from "./proof";
import { findAnsweredLead, findFormByKey, listSecretHashes } from "./queries";
import { readBody, readLimited } from "./read-body";
import type { RequestResult, WebsiteForm } from "./schema";
import { isOneOf } from "./secrets";
import { type Sent, toIdentity, toSender } from "./to-sender";

const KEY = /^[\da-f]{16}$/;
const LONGEST_HEADER = 4096;
const FORM_TYPES = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

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
    return refuse(visit, "not_saved", db, clock());
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

/** For a page with script the time token and the challenge, and the page after a form without one. */
export async function answerVisitor(
  request: Request,
  key: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const asked = ["token", "challenge", "received"].find((name) => searchParams.has(name));
  if (asked === undefined) return new Response(null, { status: 405, headers: { allow: "POST, OPTIONS" } });
  const form = KEY.test(key) ? await findFormByKey(key, db) : undefined;
  if (!form) return new Response(null, { status: 404 });
  if (asked === "received") return toThanks(request, form);
  const { secret } = getEnv();
  const origin = findOrigin(request);
  const answer =
    asked === "token"
      ? { token: toTimeToken(form.id, secret, now) }
      : await drawChallenge(form.id, secret, now);
  return Response.json(answer, { headers: toHeaders(origin, isAllowedOrigin(origin, form)) });
}

async function receive(visit: Visit, db: Db, clock: () => number): Promise<Response> {
  const { request, key, origin } = visit;
  const bytes = await readLimited(request);
  // A body may take minutes to come, and counts when it is here.
  const now = clock();
  const form = KEY.test(key) ? await findFormByKey(key, db) : undefined;
  if (!form) return refuse(visit, "unknown_key", db, now);
  visit.form = form;
  visit.isAllowed = isAllowedOrigin(origin, form);

  const body = bytes && (await readBody(request.headers.get("content-type") ?? "", bytes));
  if (body && "entries" in body) visit.entries = body.entries;
  const sent = toSender(visit.entries);
  const secret = await findSecret(request, sent, form.id, db, now);
  const network = secret === "right" ? undefined : toNetwork(request.headers.get("x-forwarded-for") ?? "");
  const visits = countVisit(form.id, network, now);
  if (visits === "refused") return refuseAndNote(visit, form, "too_many", db, now);
  if (visits === "refused_again") return refuse(visit, "too_many", db, now);

  const ofBody = !body ? "too_large" : "problem" in body ? body.problem : undefined;
  const problem = findProblem(visit, secret) ?? ofBody;
  if (problem) return refuseAndNote(visit, form, problem, db, now);
  const isOften = visits === "often";
  // Who has a secret key has proved itself.
  if (secret === "right") return accept(visit, { form, sent, isProven: true }, db, now);
  const proof = await findProof(visit, form, now);
  const checked = {
    formId: form.id,
    asksToken: form.asksToken,
    isOften,
    lacksProof: form.asksProof && !proof,
  };
  const suspicion = findSuspicion(visit.entries, checked, getEnv().secret, now);
  return accept(visit, { form, sent, isProven: false, suspicion, proof }, db, now);
}

/** The solved challenge, where the form asks for one. */
async function findProof(
  { entries }: Visit,
  { id, asksProof }: WebsiteForm,
  now: number,
): Promise<Proof | undefined> {
  const payload = entries.find(({ name }) => name === "altcha")?.value;
  return asksProof && payload !== undefined ? readProof(payload, id, getEnv().secret, now) : undefined;
}

type Problem = Extract<RequestResult, Said>;

function findProblem({ origin, isAllowed }: Visit, secret: "none" | "right" | "wrong"): Problem | undefined {
  if (origin !== undefined && !isAllowed) return "foreign_origin";
  return secret === "wrong" ? "wrong_secret" : undefined;
}

type Accepted = {
  form: WebsiteForm;
  sent: Sent;
  isProven: boolean;
  suspicion?: Suspicion;
  proof?: Proof;
};

async function accept(
  visit: Visit,
  { form, sent, isProven, suspicion, proof }: Accepted,
  db: Db,
  now: number,
): Promise<Response> {
  const { request, entries } = visit;
  if (sent.isTest && form.pausedAt === null) {
    await noteRequest({ formId: form.id, result: "test", entries }, db, now);
    return toAnswer(visit, form, sent, undefined);
  }

  const header = request.headers.get("idempotency-key") ?? "";
  const key = header === "" || header.length > LONGEST_HEADER ? undefined : header;
  const identity = toIdentity(form.id, { ownId: sent.ownId, isProven }, key, entries);
  if (identity.leadId !== undefined && (await findGone(identity.leadId, db))) {
    // Without what it says, which was deleted.
    await noteRequest({ formId: form.id, result: "repeated" }, db, now);
    return toAnswer(visit, form, sent, identity.leadId);
  }
  const fields = await listFormFields(db);
  const lead = toReceivedLead([...entries, ...sent.utm, ...toPageOfVisitor(visit)], {
    id: identity.leadId ?? randomUUID(),
    targets: form.targets,
    form: fields,
    country: toCountry(fields.defaultCountry),
  });
  const consent = await findConsent(visit, form, db, now);
  const problem = form.pausedAt === null ? toProblem(lead, consent) : "paused";
  if (problem || !lead || typeof consent === "string") {
    // What was taken before is answered as before, whatever the admin has changed since.
    const leadId = await findAnsweredLead(form.id, identity, db, now);
    if (!leadId) return refuseAndNote(visit, form, problem ?? "contact_missing", db, now);
    await noteRequest({ formId: form.id, result: "repeated", leadId, entries }, db, now);
    return toAnswer(visit, form, sent, leadId);
  }

  const named = ["_language", "_form"].map((name) => entries.find((entry) => entry.name === name)?.value);
  const language = findPublicLanguage(named[0] ?? named[1] ?? request.headers.get("accept-language"));
  const receipt = {
    formId: form.id,
    form: fields,
    ...{ lead, identity, suspicion, entries, language, consent, proof },
  };
  const received = await saveReceipt(receipt, db, now);
  if (!("leadId" in received)) return refuse(visit, received.result, db, now);
  return toAnswer(visit, form, sent, received.leadId);
}

function toProblem(lead: Lead | undefined, consent: Consent | Problem | undefined): Problem | undefined {
  if (!lead) return "contact_missing";
  return typeof consent === "string" ? consent : undefined;
}

/** What the visitor has agreed to, where the form asks; else why it is none. */
async function findConsent(
  { entries }: Visit,
  { asksConsent }: WebsiteForm,
  db: Db,
  now: number,
): Promise<Consent | undefined | "consent_missing" | "consent_outdated"> {
  const newest = asksConsent ? await findConsentText(db) : undefined;
  if (!newest) return undefined;
  const find = (name: string) => entries.find((entry) => entry.name === name)?.value.trim();
  const plain = find("consent");
  // Our own form sends the version that it has shown; other forms send 1 for a box that is ticked.
  const version = await readConsent(find("_consent") ?? (plain === "1" ? "on" : plain), newest, db, now);
  return typeof version === "string" ? `consent_${version}` : { version, at: now };
}

/**
 * The page that the browser came from, which may have UTM values in its address. Another site's address says nothing, our
 * own neither, and what the form says itself need not stand there twice.
 */
function toPageOfVisitor({ request, origin, entries }: Visit): Entry[] {
  const referer = request.headers.get("referer") ?? "";
  const isOf = (address: string) => URL.canParse(address) && new URL(address).origin === origin;
  const isSaid = entries.some(({ name, value }) => name === "page" && isOf(value));
  const isOfSite = isOf(referer) && origin !== getEnv().appUrl;
  return isOfSite && !isSaid ? [{ name: "page", value: referer }] : [];
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

async function refuseAndNote(visit: Visit, form: WebsiteForm, problem: Problem, db: Db, now: number) {
  await noteRequest({ formId: form.id, result: problem, entries: visit.entries }, db, now);
  return refuse(visit, problem, db, now);
}
