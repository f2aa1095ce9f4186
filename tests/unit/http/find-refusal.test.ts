import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { MAX_RECEIVED_COMMENT } from "@/lib/domain/lead/fields";
import { findRefusal } from "@/lib/http/find-refusal";

const APP = "https://leads.example.com";

function ask(url: string, { method = "GET", ...headers }: IncomingHttpHeaders & { method?: string } = {}) {
  return findRefusal({ method, url, headers } as IncomingMessage, APP)?.status;
}

describe("a closed address is closed in every spelling", () => {
  test.each([
    "/api/auth/_log",
    "/api/auth/%5flog",
    "/api/auth/%5Flog?x=1",
    "/api//auth/_log",
    "/api/auth/_log/",
    "/api/auth/_log/more",
    "/%61pi/auth/_log",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/%69mage?url=x",
    "/%5Fnot-found",
  ])("%s", (url) => {
    expect(ask(url)).toBe(404);
    expect(ask(url, { method: "POST", "content-length": "0" })).toBe(404);
  });
});

test.each(["/", "/leads/1?q=%D0%98%D0%B2%D0%B0%D0%BD", "/_next/static/chunks/a.js", "/api/auth/session"])(
  "%s is open",
  (url) => {
    expect(ask(url)).toBeUndefined();
  },
);

test.each([
  "/?lead=%00",
  "/leads?q=%00",
  "/leads?%00=x",
  "/api/leads/duplicates?phone=%2B7%00",
  "/leads/%00",
])("%s holds a NUL", (url) => {
  expect(ask(url)).toBe(400);
});

test("credentials are posted as a form, however their address is written", () => {
  const json = { method: "POST", "content-length": "2", "content-type": "application/json" };

  expect(ask("/api/auth/callback/%63redentials")).toBe(405);
  expect(ask("/api/auth/callback/credentials/x")).toBe(405);
  expect(ask("/%61pi/auth/signin", json)).toBe(415);
});

describe("what Next's router says of its page", () => {
  const page = ["", { children: ["leads", { children: [["id", "7", "d", null], {}] }] }, null, "refetch", 4];
  const deep = (levels: number): unknown => (levels === 0 ? ["", {}] : ["", { children: deep(levels - 1) }]);

  test.each([
    ["a page", page],
    ["a page with siblings", ["", { children: [["id", "7", "d", ["a"]], {}, ["/a", "/b"]] }]],
  ])("%s is read", (_, tree) => {
    expect(ask("/", { "next-router-state-tree": encodeURIComponent(JSON.stringify(tree)) })).toBeUndefined();
  });

  test.each([
    ["an empty list", []],
    ["a list without parts", [""]],
    ["parts that are a list", ["", []]],
    ["a part that is no list", ["", { children: 1 }]],
    ["a broken part further down", ["", { children: ["leads", { children: ["x"] }] }]],
    ["a segment of another kind", [["id", "7", "x", null], {}]],
    ["a mark that does not exist", ["", {}, null, "everything"]],
    ["an element too many", ["", {}, null, null, 1, "x", "y"]],
    ["an object", {}],
    ["a tree deeper than any page", deep(200)],
  ])("%s is not", (_, tree) => {
    expect(ask("/", { "next-router-state-tree": encodeURIComponent(JSON.stringify(tree)) })).toBe(400);
  });

  test.each(["%7Bgarbage", "%E0%A4%A", ""])("%o is not", (header) => {
    expect(ask("/", { "next-router-state-tree": header })).toBe(400);
  });
});

describe("a body", () => {
  const id = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";
  const post = (url: string, length: number, type = "application/json") =>
    ask(url, { method: "POST", "content-length": String(length), "content-type": type });
  const received = Buffer.byteLength(JSON.stringify({ id, comment: "漢".repeat(MAX_RECEIVED_COMMENT) }));

  test("of a correction may hold all that a website has sent", () => {
    expect(post(`/api/leads/${id}`, received)).toBeUndefined();
    expect(post(`/api/leads/${id}`, 2 * received)).toBe(413);
  });

  test.each(["/", "/api/leads", `/api/leads/${id}/withdraw`])("of %s may not", (url) => {
    expect(post(url, 256 * 1024)).toBeUndefined();
    expect(post(url, received)).toBe(413);
  });

  test("of another kind is no correction", () => {
    expect(post(`/api/leads/${id}`, received, "text/plain")).toBe(413);
  });
});

test("a refusal has words in both languages", () => {
  const { words } = findRefusal({ method: "PUT", url: "/", headers: {} } as IncomingMessage, APP) ?? {};

  expect(words).toMatch(/[a-z].*\n.*[а-я]/);
});

describe("the address of website forms", () => {
  const foreign = { origin: "https://school.example", "sec-fetch-site": "cross-site" };

  test.each(["multipart/form-data; boundary=b", "application/json", "text/xml"])(
    "takes what other sites send as %s, as it limits and reads that itself",
    (type) => {
      const chunked = { "transfer-encoding": "chunked", "content-type": type };
      expect(ask("/api/intake/0123456789abcdef", { method: "POST", ...foreign, ...chunked })).toBeUndefined();
    },
  );

  test("answers a browser that asks first, as no other address does", () => {
    expect(ask("/api/intake/0123456789abcdef", { method: "OPTIONS", ...foreign })).toBeUndefined();
    expect(ask("/api/leads", { method: "OPTIONS", ...foreign })).toBe(405);
    for (const path of ["/api/intakes", "/api/intake/A", "/api/intake/0123456789abcdef/more", "/api/intake"])
      expect(ask(path, { method: "POST", ...foreign, "content-length": "2" })).toBe(403);
    expect(ask("/api/intake/A", { method: "PUT" })).toBe(405);
  });
});

describe("the address of Kommo's hooks", () => {
  const path = "/api/kommo/hooks/s3cret-A_abcdefghijklmnopqrstuvw";

  test("takes any kind of body up to 5 MB, in parts as well", () => {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    expect(ask(path, { method: "POST", ...type, "content-length": String(5 * 1024 * 1024) })).toBeUndefined();
    expect(
      ask(path, { method: "POST", "content-type": "text/xml", "transfer-encoding": "chunked" }),
    ).toBeUndefined();
    expect(ask(path, { method: "POST", ...type, "content-length": String(5 * 1024 * 1024 + 1) })).toBe(413);
  });

  test("is no other address, and no way to an action", () => {
    expect(ask(path, { method: "POST", "content-length": "2", "next-action": "a" })).toBe(400);
    expect(ask(`${path}/more`, { method: "POST", "content-length": "300000" })).toBe(413);
    expect(ask(path, { method: "OPTIONS" })).toBe(405);
  });
});
