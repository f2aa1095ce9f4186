import type { IncomingMessage } from "node:http";

// Far above the longest form, far below what would weigh.
const MOST_BYTES = 256 * 1024;
const METHODS = ["GET", "HEAD", "POST"];
const FORM = "application/x-www-form-urlencoded";
const TYPES = ["text/plain", "application/json", FORM];
// Next's own last pages, which nobody asks for by name, and next-auth's log, into which every stranger may write.
const CLOSED = ["/_global-error", "/_not-found", "/api/auth/_log"];
// next-auth answers a look at it with a 500.
const POST_ONLY = "/api/auth/callback/credentials";

/** The status of a request that no page, action or route takes, before a byte of its body is read; else undefined. */
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
  // Without a length it cannot be limited before it is read; browsers always give one.
  if (length === undefined) return 411;
  if (Number(length) > MOST_BYTES) return 413;
  // Files come as multipart/form-data, and nothing here takes a file.
  const [type = ""] = (headers["content-type"] ?? "").toLowerCase().split(";");
  // next-auth answers JSON that it cannot parse with a 500; its own pages send forms.
  const types = path.startsWith("/api/auth/") ? [FORM] : TYPES;
  return (hasBody || type) && !types.includes(type.trim()) ? 415 : undefined;
}

/** A path that Next would fail to decode. */
function isReadable(path: string): boolean {
  try {
    return path.startsWith("/") && !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}

/** Where next-auth is told to go back to; it answers what is no address with a 500. */
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

/** What a page of ours says of itself when it asks for another; Next fails on anything else. */
function isTree(header: string | string[] | undefined): boolean {
  if (header === undefined) return true;
  try {
    return Array.isArray(JSON.parse(decodeURIComponent(String(header))));
  } catch {
    return false;
  }
}

/** A page of another origin must not write with this person's cookie; who sends no origin is no browser. */
function isOwnOrigin(headers: IncomingMessage["headers"], appUrl: string): boolean {
  if (headers["sec-fetch-site"] === "cross-site") return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  const hosts = [headers["x-forwarded-host"], headers.host, new URL(appUrl).host];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}
