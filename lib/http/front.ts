import type { IncomingMessage, ServerResponse } from "node:http";
import { findRefusal, type RefusedRequest } from "./find-refusal.ts";
import { findVisitorAddress } from "./find-visitor-address.ts";
import { formScriptAnswer } from "./form-script-answer.ts";
import type { Log } from "./log-console.ts";
import { logRequests } from "./log-requests.ts";
import { FORM_SCRIPT, secureHeaders } from "./secure-headers.ts";
import { toPath } from "./to-path.ts";

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Every request passes here before Next: it is logged, gets its security headers, and is refused or handed on. */
export function createFront({
  appUrl,
  trustedProxies,
  isHstsForSubdomains,
  dev,
  getFormScript,
  log,
}: {
  appUrl: string;
  trustedProxies: number;
  isHstsForSubdomains: boolean;
  dev: boolean;
  getFormScript: () => string;
  log: Log;
}) {
  const follow = logRequests(log);
  const answerFormScript = formScriptAnswer(getFormScript);
  const secure = secureHeaders({ appUrl, isHstsForSubdomains, dev });

  return (request: IncomingMessage, response: ServerResponse, handle: Handle): void =>
    follow(request, response, () => {
      secure(request, response);
      const refusal = findRefusal(request, appUrl);
      if (refusal) return refuse(refusal, response);
      if (toPath(request.url ?? "") === FORM_SCRIPT) return answerFormScript(request, response);
      // Files here are small and sent whole. Next fails on a range that it cannot read and on a condition that is not met.
      for (const header of ["range", "if-range", "if-match", "if-unmodified-since"])
        delete request.headers[header];
      passOrigin(request);
      // A press is answered with a few bytes: to compress them would take a tenth of what it takes.
      if (request.method !== "POST") unlistType(response);
      request.headers["x-forwarded-for"] = findVisitorAddress(request, trustedProxies);
      return handle(request, response);
    });
}

function refuse({ status, words }: RefusedRequest, response: ServerResponse): void {
  response.writeHead(status, { connection: "close", "content-type": "text/plain; charset=utf-8" }).end(words);
}

/** Next gives the type of a route's answer as a list of one, which its own compression does not read. */
function unlistType(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    setHeader(name, name.toLowerCase() === "content-type" && Array.isArray(value) ? value.join() : value);
}

/** Next accepts an action's origin only if it equals the host; findRefusal has already checked it against the settings too. */
function passOrigin({ method, headers }: IncomingMessage): void {
  if (method === "POST" && headers.origin && URL.canParse(headers.origin))
    headers["x-forwarded-host"] = new URL(headers.origin).host;
}
