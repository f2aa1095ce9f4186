export type Html = { html: string };
type Part = Html | Html[] | string | number;

/** Everything put into the template is escaped, unless it was made by the template itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(toText)) };
}

export function time(seconds: number): Html {
  const date = new Date(seconds * 1000);
  // Milliseconds sent as seconds may lie beyond the last date there is.
  if (Number.isNaN(date.getTime())) return html`${seconds}`;
  const words = date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
  return html`<time datetime="${date.toISOString()}">${words}</time>`;
}

function toText(part: Part): string {
  if (Array.isArray(part)) return part.map(({ html }) => html).join("");
  return typeof part === "object" ? part.html : escapeText(String(part));
}

function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
