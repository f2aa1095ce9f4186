import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { toPath } from "./to-path.ts";

const NOT_USED = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];
const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Subdomains may belong to others, who would have to serve https then. */
type Options = { appUrl: string; isHstsForSubdomains: boolean; dev: boolean };

/**
 * Sets the security headers of every answer. Next takes the nonce for its scripts from the `content-security-policy` of
 * the request, so the policy is written there too and replaces anything that the client sent.
 */
export function secureHeaders({ appUrl, isHstsForSubdomains, dev }: Options) {
  const isHttps = appUrl.startsWith("https:");
  const hsts = `max-age=${A_YEAR_SECONDS}${isHstsForSubdomains ? "; includeSubDomains" : ""}`;
  const fixed: Record<string, string> = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": NOT_USED.map((feature) => `${feature}=()`).join(", "),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(isHttps && { "strict-transport-security": hsts }),
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = toPath(request.url ?? "") ?? "";
    const nonce = randomBytes(16).toString("base64");
    const policy = findPublicPolicy(path, nonce) ?? toPolicy(nonce, isHttps, dev);
    request.headers["content-security-policy"] = policy;
    delete request.headers["content-security-policy-report-only"];
    // The route of a form adds which sites may frame it, and Next adds nothing to a header that is there.
    const isOfForm = HOSTED_FORM.test(path) || INTAKE.test(path);
    if (!isOfForm) response.setHeader("content-security-policy", policy);
    for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value);
    if (isOfForm) response.removeHeader("x-frame-options");
    // Pages of other sites load it.
    if (path === FORM_SCRIPT) response.setHeader("cross-origin-resource-policy", "cross-origin");
    // Next sets this header for pages and static files, but not for routes.
    if (path.startsWith("/api/")) response.setHeader("cache-control", "no-store");
  };
}

export const FORM_SCRIPT = "/form.js";
const HOSTED_FORM = /^\/f\/[\da-f]{16}$/;
const INTAKE = /^\/api\/intake\/[\da-f]{16}$/;

/**
 * Of what visitors of websites see: one style, and a form that is sent to us, whose answer may lead back to the site. The
 * page of a form has its script too. The routes say which sites may frame a form and its answer (lib/intake/answers.ts).
 */
function findPublicPolicy(path: string, nonce: string): string | undefined {
  const page = `default-src 'none'; style-src 'nonce-${nonce}'; form-action *; base-uri 'none'`;
  if (HOSTED_FORM.test(path)) return `${page}; script-src 'nonce-${nonce}'; connect-src 'self'`;
  if (INTAKE.test(path)) return page;
  return path.startsWith("/api/intake/") ? `${page}; frame-ancestors 'none'` : undefined;
}

function toPolicy(nonce: string, isHttps: boolean, dev: boolean): string {
  const directives = [
    "default-src 'self'",
    // React evaluates code and inserts styles in development only.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
