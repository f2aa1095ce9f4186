import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { chooseEncoding, type Encoding } from "./choose-encoding.ts";

const KEPT_SECONDS = 3600;

type Copy = { body: Buffer; tag: string };

/**
 * Answers `/form.js`, the same for every page of every site. It is compressed at the first request, once for each encoding:
 * Next would take the encoding from a route's answer, and compress it anew each time.
 */
export function formScriptAnswer(getScript: () => string) {
  let copies: Record<Encoding, Copy> | undefined;
  return (request: IncomingMessage, response: ServerResponse): void => {
    copies ??= toCopies(getScript());
    answer(copies, request, response);
  };
}

function answer(
  copies: Record<Encoding, Copy>,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const encoding = chooseEncoding(headers["accept-encoding"]);
  const { body, tag } = copies[encoding];
  response.setHeader("cache-control", `public, max-age=${KEPT_SECONDS}`);
  response.setHeader("vary", "Accept-Encoding");
  response.setHeader("etag", tag);
  if (isNamed(tag, headers["if-none-match"])) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader("content-type", "text/javascript; charset=utf-8");
  if (encoding !== "identity") response.setHeader("content-encoding", encoding);
  response.writeHead(200, { "content-length": body.length }).end(body);
}

function toCopies(script: string): Record<Encoding, Copy> {
  const hash = createHash("sha256").update(script).digest("base64url").slice(0, 16);
  const toCopy = (encoding: Encoding, body: Buffer): Copy => ({ body, tag: `"${hash}-${encoding}"` });
  return {
    br: toCopy("br", brotliCompressSync(script)),
    gzip: toCopy("gzip", gzipSync(script, { level: 9 })),
    identity: toCopy("identity", Buffer.from(script)),
  };
}

function isNamed(tag: string, ifNoneMatch = ""): boolean {
  return ifNoneMatch
    .split(",")
    .map((named) => named.trim().replace(/^W\//, ""))
    .some((named) => named === tag || named === "*");
}
