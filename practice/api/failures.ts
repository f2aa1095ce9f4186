import { randomUUID } from "node:crypto";
import type { Fault } from "../faults/faults.ts";
import { type Answer, problem } from "./answer.ts";

const TOO_MANY = "You have sent too many requests in a given amount of time. Please try again later.";

/**
 * The limit, as a body that says how many seconds to wait or as the page amoCRM used to send.
 * docs/kommo-api.md §1.3, §8
 */
export function tooMany(shape: "json" | "html", retryAfter: number): Answer {
  return shape === "html"
    ? gateway(429, "Too Many Requests")
    : problem(429, TOO_MANY, { retry_after: retryAfter });
}

/** Kommo's block after repeated 429s: plain text, on every address. docs/kommo-api.md §1.3, §8 */
export function blocked(): Answer {
  return { status: 403, body: "403 Forbidden", headers: { "Content-Type": "text/plain" } };
}

/** The answer to a missing, wrong, expired or revoked token: the same words for all. docs/kommo-api.md §1.3 */
export function unauthorized(): Answer {
  return problem(401, "Invalid user name or password");
}

export function unpaid(): Answer {
  return problem(402, "Payment required");
}

/** A gateway's page, which knows nothing of JSON. */
export function gateway(status: number, words: string): Answer {
  const title = `${status} ${words}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { status, body };
}

/** What a refusing fault answers, or undefined for one that lets the work be done. docs/kommo-api.md §1.3 */
export function toFailure(fault: Fault, method: string, url: string): Answer | undefined {
  switch (fault.kind) {
    case "answer":
      return toScripted(fault);
    case "400-system":
      return problem(400, "Системная ошибка. Повторите запрос позже.");
    case "401":
      return unauthorized();
    case "402":
      return unpaid();
    case "403-scope":
      return problem(403, "Invalid scope");
    case "403-block":
      return blocked();
    case "404-json":
      return problem(404, `Cannot ${method} ${url}!`);
    case "404-html":
      return gateway(404, "Not Found");
    case "429-json":
      return tooMany("json", fault.retryAfter ?? 300);
    case "429-html":
      return tooMany("html", 0);
    case "500-json":
      return internal();
    case "500-html":
      return gateway(500, "Internal Server Error");
    case "502":
      return gateway(502, "Bad Gateway");
    case "503":
      return gateway(503, "Service Temporarily Unavailable");
    case "504":
      return gateway(504, "Gateway Time-out");
    case "redirect":
      return { ...gateway(302, "Found"), headers: { Location: fault.to ?? "https://elsewhere.invalid/" } };
    default:
      return undefined;
  }
}

function toScripted({ status, body, contentType }: Extract<Fault, { kind: "answer" }>): Answer {
  const answer = body === undefined ? problem(status, "") : { status, body };
  return contentType ? { ...answer, headers: { "Content-Type": contentType } } : answer;
}

function internal(): Answer {
  const trace_id = randomUUID().replaceAll("-", "");
  const detail = "An unexpected error occurred";
  return { status: 500, body: { title: "ErrInternalServer", status: 500, detail, trace_id } };
}
