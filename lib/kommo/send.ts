import "server-only";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { AppError } from "@/lib/errors";

const CONNECT_TIMEOUT_MS = 10_000;

type Message = {
  method: "GET" | "POST";
  token: string;
  bytes: Buffer | undefined;
  /** Asked when the connection stands: between the question and the first byte lies no wait. */
  mayLeave: () => boolean;
  /** Ends the whole exchange, the reading of the answer included. */
  signal: AbortSignal;
};

/**
 * Sends one request over a connection of its own and answers when the response begins; redirects are not followed. What
 * fails before the first byte left is `unreachable`, or `lease_lost` where it might not leave; other failures are thrown as
 * they come.
 */
export function send(
  url: URL,
  { method, token, bytes, mayLeave, signal }: Message,
): Promise<IncomingMessage> {
  const isTls = url.protocol === "https:";
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // A kept connection that Kommo has closed meanwhile would leave a POST unclear; a new one costs a round trip.
  const request = (isTls ? requestTls : requestPlain)(url, { method, agent: false, signal });
  request.setHeader("authorization", `Bearer ${token}`);
  request.setHeader("accept", "application/json");
  if (bytes) request.setHeader("content-type", "application/json").setHeader("content-length", bytes.length);
  const patience = setTimeout(
    () => request.destroy(new Error("no connection within 10 s")),
    CONNECT_TIMEOUT_MS,
  );

  let hasLeft = false;
  request.once("socket", (socket) => socket.once(isTls ? "secureConnect" : "connect", leave));
  request.once("response", resolve);
  request.on("error", (cause) => {
    clearTimeout(patience);
    const isOwn = hasLeft || cause instanceof AppError;
    reject(isOwn ? cause : new AppError("unreachable", { cause }));
  });
  return promise;

  function leave(): void {
    clearTimeout(patience);
    if (!mayLeave()) {
      request.destroy(new AppError("lease_lost"));
      return;
    }
    hasLeft = true;
    request.end(bytes);
  }
}
