import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "./log-console.ts";

const ROUTES = ".next/app-path-routes-manifest.json";
// Whoever sends a request must not be able to fill the disk with it.
const MOST_LINES = 20;
const current = new AsyncLocalStorage<LoggedRequest>();
Object.assign(globalThis, { leadDeskRequest: current });

/** `linesLeft`: how many lines of the log the request may still cause. */
export type LoggedRequest = { id: string; linesLeft: number };

/** Gives each request an id, which its answer and all its lines of the log carry. */
export function logRequests(log: Log) {
  const routes = existsSync(ROUTES)
    ? Object.values(JSON.parse(readFileSync(ROUTES, "utf8"))).map(String)
    : [];

  return (request: IncomingMessage, response: ServerResponse, answer: () => unknown): void => {
    const began = performance.now();
    const id = randomUUID();
    response.setHeader("x-request-id", id);
    current.run({ id, linesLeft: MOST_LINES }, () => {
      response.once("close", () => {
        const { statusCode: status } = response;
        if (request.method === "GET" && status < 400) return;
        const level = status >= 500 ? "error" : status >= 400 ? "warn" : "info";
        const ms = Math.round(performance.now() - began);
        const facts = { method: request.method, route: findRoute(routes, request.url ?? ""), status, ms };
        current.run({ id, linesLeft: 1 }, () => log[level](facts, "request"));
      });
      answer();
    });
  };
}

/** The route as the code names it. An address that is no route is not logged, as it can contain anything. */
function findRoute(routes: string[], url: string): string | undefined {
  const parts = (url.split("?")[0] ?? "").split("/");
  return routes.find((route) => {
    const names = route.split("/");
    const matches = names.every(
      (name, index) => name === parts[index] || (name.startsWith("[") && parts[index]),
    );
    return matches && (names.length === parts.length || route.includes("[..."));
  });
}
