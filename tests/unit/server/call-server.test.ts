import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { callServer } from "@/components/server/call-server";

const route = { path: "/api/leads", body: { id: "1" } };
const saved = { ok: true as const, value: undefined };
const hangs = () => new Promise<never>(() => undefined);
const isOffline = () => Promise.reject(new TypeError("fetch failed"));
const isFromBefore = () => Promise.reject(new Error("Server Action was not found"));

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => vi.unstubAllGlobals());

function answers(body: unknown, status = 200): void {
  fetched.mockResolvedValue(Response.json(body, { status }));
}

test("an action that answers is the answer", async () => {
  expect(await callServer({ action: async () => saved })).toEqual(saved);
});

test("a route is posted its body as JSON", async () => {
  answers({ ok: true });

  expect(await callServer({ route })).toMatchObject({ ok: true });

  expect(fetched.mock.calls[0]?.[0]).toBe("/api/leads");
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: "POST", body: '{"id":"1"}' });
});

test("an action that the server no longer knows has failed", async () => {
  expect(await callServer({ action: isFromBefore })).toEqual({ ok: false, code: "failed" });
});

test("no connection is offline, be it an action or a route that found out", async () => {
  fetched.mockImplementation(isOffline);

  expect(await callServer({ action: isOffline })).toEqual({ ok: false, code: "offline" });
  expect(await callServer({ route })).toEqual({ ok: false, code: "offline" });
});

test("a page of a proxy instead of an answer has failed", async () => {
  fetched.mockResolvedValue(new Response("<html>", { status: 500 }));

  expect(await callServer({ route })).toEqual({ ok: false, code: "failed" });
});

test("a refusal keeps its code and its fields", async () => {
  const refused = { ok: false, code: "invalid", fields: { name: "too_long" } };
  answers(refused, 422);

  expect(await callServer({ route })).toEqual(refused);
});

test("a route that reads answers the value alone, or a code", async () => {
  answers({ id: "1" });
  expect(await callServer({ route: { path: "/api/leads/1", method: "GET" } })).toEqual({
    ok: true,
    value: { id: "1" },
  });

  answers({ code: "already_left" }, 409);
  expect(await callServer({ route: { path: "/api/leads/1", method: "GET" } })).toEqual({
    ok: false,
    code: "already_left",
  });
});

test("a call ends at its time-out, and with it the request", async () => {
  fetched.mockImplementation(hangs);

  expect(await callServer({ action: hangs, waitMs: 1 })).toEqual({ ok: false, code: "no_answer" });
  expect(await callServer({ route, waitMs: 1 })).toEqual({ ok: false, code: "no_answer" });
  expect(fetched.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
});
