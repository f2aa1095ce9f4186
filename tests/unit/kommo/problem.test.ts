import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { toProblem } from "@/lib/kommo/problem";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const PROBLEM_JSON = "application/problem+json";

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

function post(status: number, text: string, retryAfter?: string) {
  return toProblem({ method: "POST", status, text, contentType: PROBLEM_JSON, retryAfter });
}

function get(status: number, text: string, retryAfter?: string) {
  return toProblem({ method: "GET", status, text, contentType: PROBLEM_JSON, retryAfter });
}

describe("the silence that an answer asks for is", () => {
  test.each([
    ["in its body", '{"retry_after":120}', undefined, 120],
    ["in its header, as seconds", "", "90", 90],
    ["in its header, as a date", "", "Sat, 21 Nov 2026 12:01:00 GMT", 60],
    ["the longer of both", '{"retry_after":30}', "90", 90],
    ["an hour at most", "", "999999", 3600],
    ["none after a date that has passed", "", "Sat, 21 Nov 2026 11:00:00 GMT", 0],
    ["none after words", "", "soon", 0],
    ["none where it says nothing", "", undefined, 0],
  ])("%s", (_, text, header, seconds) => {
    expect(get(429, text, header)).toMatchObject({ code: "too_many_requests", detail: seconds });
    expect(get(503, text, header)).toMatchObject({ code: "busy", detail: seconds });
    expect(post(429, text, header)).toMatchObject({
      code: "unclear",
      detail: { retryAfterSeconds: seconds },
    });
  });
});

test.each([
  ['{"status":403,"detail":"Invalid scope"}', "scope_missing"],
  [`{"status":403,"detail":"Client doesn't have the required scope"}`, "scope_missing"],
  ["403 Forbidden", "blocked"],
])("a 403 that says %s is %s", (text, code) => {
  expect(get(403, text).code).toBe(code);
  expect(post(403, text).code).toBe(code);
});
