import { afterEach, beforeEach, expect, test, vi } from "vitest";

const route = { path: "/api/leads", body: { id: "1" } };
const saved = { ok: true as const, value: undefined };
const hangs = () => new Promise<never>(() => undefined);
const isOffline = () => Promise.reject(new TypeError("fetch failed"));
const isFromBefore = () => Promise.reject(new Error("Server Action was not found"));

let callServer: typeof import("@/components/server/call-server").callServer;
const fetched = vi.fn<typeof fetch>();

beforeEach(async () => {
  // Each test is a page of its own: a stuck queue of actions lasts as long as its page.
  vi.resetModules();
  ({ callServer } = await import("@/components/server/call-server"));
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => vi.unstubAllGlobals());

function answers(body: unknown, status = 200): void {
  fetched.mockResolvedValue(Response.json(body, { status }));
}

test("an action that answers is the answer, and no route is asked", async () => {
  expect(await callServer({ action: async () => saved, route })).toEqual(saved);

  expect(fetched).not.toHaveBeenCalled();
});

test("an action that the server no longer knows is replaced by its route, with the same body", async () => {
  answers({ ok: true });

  expect(await callServer({ action: isFromBefore, route })).toMatchObject({ ok: true });

  expect(fetched.mock.calls[0]?.[0]).toBe("/api/leads");
  expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: "POST", body: '{"id":"1"}' });
});

test("an action without a route that the server no longer knows has failed", async () => {
  expect(await callServer({ action: isFromBefore })).toEqual({ ok: false, code: "failed" });
});

test("no connection is offline, be it the action or the route that found out", async () => {
  fetched.mockImplementation(isOffline);

  expect(await callServer({ action: isOffline })).toEqual({ ok: false, code: "offline" });
  expect(await callServer({ action: isOffline, route })).toEqual({ ok: false, code: "offline" });
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

test("a call ends at its time-out, and later calls go round the action that hangs", async () => {
  expect(await callServer({ action: hangs, route, waitMs: 1 })).toEqual({ ok: false, code: "no_answer" });
  answers({ ok: true });

  expect(await callServer({ action: hangs, route })).toMatchObject({ ok: true });
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("a route that hangs is given up at the time-out, and actions stay in use", async () => {
  fetched.mockImplementation(hangs);
  expect(await callServer({ route, waitMs: 1 })).toEqual({ ok: false, code: "no_answer" });

  expect(await callServer({ action: async () => saved, route })).toEqual(saved);
});
