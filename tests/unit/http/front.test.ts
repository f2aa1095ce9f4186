import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { createFront } from "@/lib/http/front";

let server: Server;
const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const appUrl = "http://desk.test";
  const options = { appUrl, trustedProxies: 0, isHstsForSubdomains: false, dev: false, log };
  const front = createFront({ ...options, getFormScript: () => "" });
  server = createServer((request, response) => front(request, response, handle)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/api/leads`;
}

afterEach(() => server.close());

test("Next may compress what a route answers to a GET, and not the few bytes that a press is answered with", async () => {
  const types: unknown[] = [];
  const url = await serve((_, response) => {
    response.setHeader("content-type", ["application/json"]);
    types.push(response.getHeader("content-type"));
    response.end("{}");
  });

  await fetch(url);
  await fetch(url, { method: "POST", body: "" });

  // It reads no type that is a list.
  expect(types).toEqual(["application/json", ["application/json"]]);
});
