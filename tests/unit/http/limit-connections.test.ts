import { createServer } from "node:http";
import { expect, test, vi } from "vitest";
import { limitConnections } from "@/lib/http/limit-connections";

const SERVING = { dev: false };
const aLog = () => ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() });

test("what visitors can hold open is bounded in number and in time", () => {
  const http = createServer();

  limitConnections(http, aLog(), SERVING);

  expect(http.maxConnections).toBeLessThan(1024);
  expect(http.headersTimeout).toBeLessThan(http.requestTimeout);
  expect(http.timeout).toBeGreaterThan(60_000);
  expect(http.keepAliveTimeout).toBeGreaterThan(60_000);
});

test("whoever asks for another protocol is cut off", () => {
  const [http, socket] = [createServer(), { destroy: vi.fn() }];
  limitConnections(http, aLog(), SERVING);

  http.emit("upgrade", { method: "GET" }, socket);
  http.emit("connect", { method: "CONNECT" }, socket);

  expect(socket.destroy).toHaveBeenCalledTimes(2);
});

test("under `npm run dev` the connection of the hot reload stays, and a tunnel is cut off", () => {
  const [http, reload, tunnel] = [createServer(), { destroy: vi.fn() }, { destroy: vi.fn() }];
  limitConnections(http, aLog(), { dev: true });

  http.emit("upgrade", { method: "GET" }, reload);
  http.emit("connect", { method: "CONNECT" }, tunnel);

  expect(reload.destroy).not.toHaveBeenCalled();
  expect(tunnel.destroy).toHaveBeenCalledOnce();
});

test("a flood of connections is one line of the log a minute", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const [http, log] = [createServer(), aLog()];
  limitConnections(http, log, SERVING);
  const flood = () => Array.from({ length: 1000 }, () => http.emit("drop"));

  flood();
  vi.advanceTimersByTime(60_000);
  flood();
  vi.useRealTimers();

  expect(log.error.mock.calls.map(([facts]) => facts.dropped)).toEqual([1, 1000]);
});
