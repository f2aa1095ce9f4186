import type { IncomingMessage } from "node:http";
import { isRouterState } from "./is-router-state.ts";
import { toPath } from "./to-path.ts";

// Far above the longest form, and far below a size that would burden the server.
const MOST_BYTES = 256 * 1024;
// All that a website has sent may stand in the comment of its lead: 128 K, of which each unit takes three bytes at the most.
const MOST_BYTES_OF_CORRECTION = MOST_BYTES + 3 * 128 * 1024;
const CORRECTION = /^\/api\/leads\/[\da-f-]{36}$/;
const JSON_TYPE = "application/json";
const METHODS = ["GET", "HEAD", "POST"];
// Forms of other sites send here. It limits the body itself, and its key says which sites may.
const INTAKE = /^\/api\/intake\/[\da-f]{16}$/;
// Kommo sends here, whatever it sends. The secret in the address is the gate, and nothing of the body is kept.
const HOOK = /^\/api\/kommo\/hooks\/[\w-]{32}$/;
const MOST_BYTES_OF_HOOK = 5 * 1024 * 1024;
const FORM = "application/x-www-form-urlencoded";
const TYPES = ["text/plain", JSON_TYPE, FORM];
// Next's error pages, which have no address of their own; next-auth's log, into which anybody could write; and the resizing
// of images, which costs seconds of a processor and serves none of our pages.
const CLOSED = ["/_global-error", "/_not-found", "/api/auth/_log", "/_next/image"];
// next-auth answers a GET of it with a 500.
const POST_ONLY = "/api/auth/callback/credentials";

/** In both languages, as nobody knows yet who asks. */
const WORDS = {
  400: ["This request cannot be read.", "Этот запрос нельзя прочитать."],
  403: ["This form belongs to another site.", "Эта форма принадлежит другому сайту."],
  404: ["There is nothing at this address.", "По этому адресу ничего нет."],
  405: ["This address does not take this method.", "Этот адрес не принимает такой метод."],
  411: ["The request must state its length.", "В запросе должна быть указана его длина."],
  413: ["The request is too large.", "Запрос слишком большой."],
  415: ["This kind of content is not accepted.", "Содержимое такого типа не принимается."],
} as const;

export type RefusedRequest = { status: keyof typeof WORDS; words: string };

/** What to say to a request that no page, action or route accepts, before its body is read; otherwise undefined. */
export function findRefusal(request: IncomingMessage, appUrl: string): RefusedRequest | undefined {
  const status = findStatus(request, appUrl);
  return status && { status, words: `${WORDS[status].join("\n")}\n` };
}

function findStatus(request: IncomingMessage, appUrl: string): RefusedRequest["status"] | undefined {
  const { method = "", headers, url = "" } = request;
  const path = toPath(url);
  const isIntake = path !== undefined && INTAKE.test(path);
  if (!METHODS.includes(method) && !(isIntake && method === "OPTIONS")) return 405;
  const query = new URLSearchParams(url.split("?").slice(1).join("?"));
  const tree = headers["next-router-state-tree"];
  if (path === undefined || (tree !== undefined && !isRouterState(String(tree)))) return 400;
  if (isWithin(path, POST_ONLY) && method !== "POST") return 405;
  if (CLOSED.some((closed) => isWithin(path, closed))) return 404;
  // PostgreSQL's text takes no NUL.
  if ([...query].flat().some((text) => text.includes("\0"))) return 400;
  const isAuth = isWithin(path, "/api/auth");
  const returns = [...(isAuth ? query.getAll("callbackUrl") : []), ...listCookieReturns(headers.cookie)];
  if (!returns.every(isAddress)) return 400;
  const length = headers["content-length"];
  const hasBody = headers["transfer-encoding"] !== undefined || Number(length ?? 0) > 0;
  if (method !== "POST") return hasBody ? 400 : undefined;
  if (isIntake) return undefined;
  // An action would be read before the route is asked.
  if (HOOK.test(path))
    return headers["next-action"] ? 400 : Number(length ?? 0) > MOST_BYTES_OF_HOOK ? 413 : undefined;

  if (!isOwnOrigin(headers, appUrl)) return 403;
  // A body without a length cannot be limited before it is read; browsers always send one.
  if (length === undefined) return 411;
  const type = (headers["content-type"] ?? "").toLowerCase().split(";")[0]?.trim() ?? "";
  const isCorrection = CORRECTION.test(path) && type === JSON_TYPE;
  if (Number(length) > (isCorrection ? MOST_BYTES_OF_CORRECTION : MOST_BYTES)) return 413;
  // Files are sent as multipart/form-data, and nothing here accepts a file.
  // next-auth answers malformed JSON with a 500; its own pages send forms.
  const types = isAuth ? [FORM] : TYPES;
  return (hasBody || type) && !types.includes(type) ? 415 : undefined;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The address to which next-auth is to return; it answers a malformed one with a 500. */
function listCookieReturns(cookies = ""): string[] {
  const inCookie = /next-auth\.callback-url=([^;]*)/.exec(cookies)?.[1];
  return [...new URLSearchParams(`_=${inCookie ?? ""}`).values()];
}

function isAddress(text: string): boolean {
  const base = text.startsWith("/") || text === "" ? "http://localhost" : undefined;
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol);
}

/** A page of another origin must not write with this person's cookie. A client without an origin is no browser. */
function isOwnOrigin(headers: IncomingMessage["headers"], appUrl: string): boolean {
  if (headers["sec-fetch-site"] === "cross-site") return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  const hosts = [headers["x-forwarded-host"], headers.host, new URL(appUrl).host];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}
