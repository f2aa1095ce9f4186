import { openAccount } from "../state/account.ts";

const stageColours = openAccount()
  .pipelines.flatMap(({ statuses }) => statuses)
  .map(({ id, color }) => `.stage-${id} { --stage: ${color}; }`)
  .join("\n");

export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(oklch(0.975 0.003 80), oklch(0.17 0.005 80));
  --surface: light-dark(oklch(1 0 0), oklch(0.225 0.006 80));
  --border: light-dark(oklch(0.9 0.005 80), oklch(0.31 0.007 80));
  --text: light-dark(oklch(0.22 0.01 80), oklch(0.94 0.004 80));
  --muted: light-dark(oklch(0.47 0.012 80), oklch(0.73 0.01 80));
  --accent: light-dark(oklch(0.46 0.15 258), oklch(0.78 0.11 258));
  --on-accent: light-dark(oklch(1 0 0), oklch(0.17 0.02 258));
  --tint: light-dark(oklch(0.95 0.02 258), oklch(0.29 0.04 258));
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 14px/1.45 Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Noto Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: 3px; }
h1, h2, h3, p, dl, dd, ul, ol { margin: 0; padding: 0; }
h1 { font-size: 20px; font-weight: 600; overflow-wrap: anywhere; }
h2 { font-size: 13px; font-weight: 600; }
h2 b { font-weight: 600; }
h3 { font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
code, pre { font: 12px/1.45 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
code { color: var(--muted); font-weight: 400; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; padding: 12px 24px;
  background: var(--surface); border-bottom: 1px solid var(--border); color: var(--muted); font-size: 13px;
}
.name { color: var(--text); font-size: 14px; font-weight: 600; text-decoration: none; padding: 4px 0; }
main { display: grid; gap: 16px; padding: 16px 24px 32px; }
.counts { color: var(--muted); font-variant-numeric: tabular-nums; }
.columns { display: flex; align-items: start; gap: 12px; overflow-x: auto; padding: 2px 2px 12px; margin: -2px; }
.column { display: grid; gap: 8px; flex: 1 0 136px; min-width: 0; container-type: inline-size; }
.column:has(.card) { flex: 1.5 0 260px; }
.column:first-child { flex: 2 0 340px; }
.column > h2 {
  display: flex; justify-content: space-between; gap: 8px; padding: 8px 0 4px; border-top: 3px solid var(--stage);
}
.column > h2 span { color: var(--muted); font-weight: 400; font-variant-numeric: tabular-nums; }
.empty { color: var(--muted); font-size: 13px; }
.card, .panel {
  display: grid; gap: 8px; padding: 12px; min-width: 0;
  background: var(--surface); border: 1px solid var(--border); border-radius: 10px;
}
.card h3 a { color: var(--text); text-decoration-color: var(--border); }
.rows { display: grid; gap: 4px; font-size: 13px; }
.rows > div { display: grid; grid-template-columns: minmax(88px, 2fr) 3fr; gap: 0 12px; align-items: baseline; }
.rows dt { color: var(--muted); overflow-wrap: anywhere; }
.rows dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.rows code { font-size: 11px; white-space: nowrap; }
.tags { display: flex; flex-wrap: wrap; gap: 4px; list-style: none; font-size: 12px; }
.tags li { padding: 0 8px; border: 1px solid var(--border); border-radius: 6px; overflow-wrap: anywhere; }
.foot { color: var(--muted); font-size: 12px; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: 8px; }
input, select { min-height: 32px; min-width: 0; max-width: 100%; padding: 0 8px; border: 1px solid var(--border); border-radius: 6px; background: var(--surface); color: var(--text); font: inherit; font-size: 13px; }
button {
  min-height: 32px; padding: 0 12px; border-radius: 6px; border: 1px solid var(--border); cursor: pointer;
  background: var(--surface); color: var(--text); font: inherit; font-size: 13px; font-weight: 500;
}
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
form.fields, form.fields label { display: grid; gap: 4px; }
form.fields { gap: 12px; justify-items: start; }
form.fields label { width: 100%; font-size: 13px; }
input:not([type]) {
  min-height: 32px; padding: 0 8px; border: 1px solid var(--border); border-radius: 6px;
  background: var(--ground); color: var(--text); font: inherit; width: 100%;
}
.chip {
  justify-self: start; padding: 2px 8px; border-radius: 6px; font-size: 12px; font-weight: 500;
  background: var(--tint); color: var(--accent);
}
.story { display: grid; gap: 16px; max-width: 720px; }
.story .rows { gap: 8px; }
pre { margin: 0; padding: 12px; overflow-x: auto; border: 1px solid var(--border); border-radius: 10px; }
summary { cursor: pointer; padding: 4px 0; }
@container (max-width: 320px) { .card .rows > div { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 720px) {
  header, main { padding-inline: 16px; }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; overflow-x: visible; }
  button { min-height: 44px; flex: 1; }
}
${stageColours}
`;
