import type { IncomingMessage } from "node:http";

// Far above the longest form, and far below a size that would burden the server.
const MOST_BYTES = 256 * 1024;
const METHODS = ["GET", "HEAD", "POST"];
const FORM = "application/x-www-form-urlencoded";
const TYPES = ["text/plain", "application/json", FORM];
// Next's error pages, which have no address of their own, and next-auth's log, into which anybody could write.
const CLOSED = ["/_global-error", "/_not-found", "/api/auth/_log"];
// next-auth answers a GET of it with a 500.
const POST_ONLY = "/api/auth/callback/credentials";

/** The status for a request that no page, action or route accepts, before its body is read; otherwise undefined. */
export function findRefusal(request: IncomingMessage, appUrl: string): number | undefined {
  const { method = "", headers } = request;
  const [path = "", query] = (request.url ?? "").split("?");
  if (!METHODS.includes(method) || (path === POST_ONLY && method !== "POST")) return 405;
  if (!isReadable(path) || !isTree(headers["next-router-state-tree"])) return 400;
  if (CLOSED.includes(path)) return 404;
  const asked = path.startsWith("/api/auth/") ? query : "";
  if (!listReturns(asked, headers.cookie).every(isAddress)) return 400;
  const length = headers["content-length"];
  const hasBody = headers["transfer-encoding"] !== undefined || Number(length ?? 0) > 0;
  if (method !== "POST") return hasBody ? 400 : undefined;

  if (!isOwnOrigin(headers, appUrl)) return 403;
  // A body without a length cannot be limited before it is read; browsers always send one.
  if (length === undefined) return 411;
  if (Number(length) > MOST_BYTES) return 413;
  // Files are sent as multipart/form-data, and nothing here accepts a file.
  const [type = ""] = (headers["content-type"] ?? "").toLowerCase().split(";");
  // next-auth answers malformed JSON with a 500; its own pages send forms.
  const types = path.startsWith("/api/auth/") ? [FORM] : TYPES;
  return (hasBody || type) && !types.includes(type.trim()) ? 415 : undefined;
}

/** False for a path that Next would fail to decode. */
function isReadable(path: string): boolean {
  try {
    return path.startsWith("/") && !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}

/** The addresses to which next-auth is to return; it answers a malformed one with a 500. */
function listReturns(query = "", cookies = ""): string[] {
  const inCookie = /next-auth\.callback-url=([^;]*)/.exec(cookies)?.[1];
  return [
    ...new URLSearchParams(query).getAll("callbackUrl"),
    ...new URLSearchParams(`_=${inCookie ?? ""}`).values(),
  ];
}

function isAddress(text: string): boolean {
  const base = text.startsWith("/") || text === "" ? "http://localhost" : undefined;
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol);
}

/** The header with which Next's router describes its page; Next fails on anything else. */
function isTree(header: string | string[] | undefined): boolean {
  if (header === undefined) return true;
  try {
    return Array.isArray(JSON.parse(decodeURIComponent(String(header))));
  } catch {
    return false;
  }
}

/** A page of another origin must not write with this person's cookie. A client without an origin is no browser. */
function isOwnOrigin(headers: IncomingMessage["headers"], appUrl: string): boolean {
  if (headers["sec-fetch-site"] === "cross-site") return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  const hosts = [headers["x-forwarded-host"], headers.host, new URL(appUrl).host];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}
