import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Wire } from "./wire.ts";

const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** The body as text, or undefined when it is over 5 MB; the rest of it is then read and forgotten. */
export function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
  });
}

/** Undefined for an empty body, the text itself when it is not JSON. */
export function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | undefined,
): void {
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length }).end(body);
}

/** A reset rather than a polite end, as when a proxy dies in the middle. */
export function cut(request: IncomingMessage): void {
  reset(request.socket);
}

/** The first `sent` characters of an answer, then the reset: the client is left with a part of it. */
export function cutWithin(response: ServerResponse, { status, headers, text = "", sent }: Wire): void {
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(text) });
  response.flushHeaders();
  response.write(text.slice(0, sent), () => response.socket && reset(response.socket));
}

// Node can reset a bare TCP socket only.
function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

/** No web page: those send an origin, or come by a name of theirs that points at 127.0.0.1. */
export function isProgram({ headers }: IncomingMessage): boolean {
  return isLoopback(headers.host) && headers.origin === undefined;
}

/** Keeps web pages that point a name of theirs at 127.0.0.1 out of the board. */
export function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? "");
}
