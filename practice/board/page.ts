import { createHash } from "node:crypto";
import { SUBDOMAIN } from "../state/account.ts";
import { type Html, html } from "./html.ts";
import { style } from "./style.ts";

// Swaps only what changed, and gives the focus back to the button or link that had it.
const script = `
async function refresh() {
  if (!document.hidden) {
    const response = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (!next || next.innerHTML === part.innerHTML) continue;
      const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
      part.innerHTML = next.innerHTML;
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }
}
const again = () => setTimeout(() => refresh().catch(() => {}).then(again), 1500);
again();
`;

/** Nothing may load or run but the page's own style and script; `leadsTo` is where a form may lead beside this origin. */
export function toPageHeaders(leadsTo = ""): Record<string, string> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": [
      "default-src 'none'",
      "img-src data:",
      "connect-src 'self'",
      `form-action 'self' ${leadsTo}`.trim(),
      "base-uri 'none'",
      "frame-ancestors 'none'",
      `style-src '${sha256(style)}'`,
      `script-src '${sha256(script)}'`,
    ].join("; "),
  };
}

export function page(title: string, main: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${{ html: style }}</style>
<noscript><meta http-equiv="refresh" content="5"></noscript>
</head>
<body>
<header>
<a class="name" href="/">Practice Kommo — ${SUBDOMAIN}</a>
<p>A pretend account on this computer. Nothing here reaches the real Kommo.</p>
<a href="/integration">Integration</a>
</header>
<main>${main}</main>
<script>${{ html: script }}</script>
</body>
</html>`.html;
}

function sha256(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
