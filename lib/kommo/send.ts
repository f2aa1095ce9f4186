import "server-only";
import { type ClientRequest, type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { AppError } from "@/lib/errors";

const CONNECT_TIMEOUT_MS = 10_000;

/** A permission of the rate limiter to start one request now. */
export type Slot = {
  /** True when so much time has passed since its start that the request would meet those of later slots. */
  isMissed(): boolean;
  /** Gives it up for a later one, and resolves when that one begins. */
  bookLater(): Promise<void>;
};

export type Message = {
  method: "GET" | "POST";
  /** Undefined where there is none yet. */
  token: string | undefined;
  refreshToken?: string;
  bytes: Buffer | undefined;
  /** A slot that was missed while the connection was opened is changed for a later one. */
  slot: Slot;
  /** Asked when the connection stands and the slot has begun: between the question and the first byte lies no wait. */
  mayLeave: () => boolean;
  /** Ends the whole exchange, the reading of the answer included. */
  signal: AbortSignal;
};

/** The beginning of an answer, and the rest of it as it comes. */
export type Answer = Pick<IncomingMessage, "statusCode" | "headers"> & AsyncIterable<Uint8Array>;

/** What carries one request to Kommo: `send`, or a model of Kommo in its place. */
export type Transport = (url: URL, message: Message) => Promise<Answer>;

/**
 * Sends one request over a connection of its own and answers when the response begins; redirects are not followed. What
 * fails before the first byte left is `unreachable`, or `lease_lost` where it might not leave; other failures are thrown as
 * they come.
 */
export async function send(
  url: URL,
  { method, token, refreshToken, bytes, slot, mayLeave, signal }: Message,
): Promise<IncomingMessage> {
  const isTls = url.protocol === "https:";
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = open();
  const patience = setTimeout(
    () => request.destroy(new Error("no connection within 10 s")),
    CONNECT_TIMEOUT_MS,
  );

  let hasLeft = false;
  request.once("socket", (socket) => socket.once(isTls ? "secureConnect" : "connect", reachSlot));
  request.once("response", resolve);
  request.on("error", fail);
  // All that comes of an answer that changes the protocol. After a response it changes nothing.
  request.once("close", () => fail(new Error("closed without an answer")));
  return promise;

  function fail(cause: Error): void {
    clearTimeout(patience);
    const isOwn = hasLeft || cause instanceof AppError;
    reject(isOwn ? cause : new AppError("unreachable", { cause }));
  }

  /** A token that is no text for a header fails here, before anything can leave. */
  function open(): ClientRequest {
    const headers = {
      accept: "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
      ...(refreshToken && { "x-refresh-token": refreshToken }),
      ...(bytes && { "content-type": "application/json", "content-length": bytes.length }),
    };
    try {
      // A kept connection that Kommo has closed meanwhile would leave a POST unclear; a new one costs a round trip.
      return (isTls ? requestTls : requestPlain)(url, { method, headers, agent: false, signal });
    } catch (cause) {
      throw new AppError("unreachable", { cause });
    }
  }

  function reachSlot(): void {
    clearTimeout(patience);
    if (request.destroyed) return;
    if (slot.isMissed() && mayLeave()) slot.bookLater().then(reachSlot, (cause) => request.destroy(cause));
    else leave();
  }

  function leave(): void {
    if (!mayLeave()) {
      request.destroy(new AppError("lease_lost"));
      return;
    }
    hasLeft = true;
    request.end(bytes);
  }
}
