import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Practice } from "@/practice/server";

type Held = { path: string; act: () => Promise<unknown> };

/** Stands before a practice Kommo and passes everything on: an address at which an answer can be held. */
export async function openGate(practice: Practice) {
  let held: Held | undefined;
  const server = createServer((request, response) => {
    passOn(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const body = method === "GET" ? undefined : await buffer(request);
    const { authorization = "", "content-type": type = "application/json" } = headers;
    const passed = { authorization, "content-type": type, connection: "close" };
    const answer = await fetch(practice.url + url, { method, headers: passed, body: body as BodyInit });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (held && url.includes(held.path)) {
      const { act } = held;
      held = undefined;
      await act();
    }
    const answerType = answer.headers.get("content-type") ?? "application/json";
    response.writeHead(answer.status, { "content-type": answerType }).end(bytes);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    /** The next answer to a request whose address has this in it comes when `act` is over. */
    holdNext(path: string, act: Held["act"]): void {
      held = { path, act };
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Gate = Awaited<ReturnType<typeof openGate>>;
