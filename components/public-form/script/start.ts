import type { FormLanguage } from "@/lib/domain/lead/fields";
import { attach } from "./attach";
import { findStore, readVisit } from "./visit";

const OPEN: Record<FormLanguage, string> = {
  en: "Open the form",
  ru: "Открыть форму",
  es: "Abrir el formulario",
  pt: "Abrir o formulário",
};

/** Known only while the script runs for the first time. */
const script = document.currentScript as HTMLScriptElement | null;
if (script) start(script);

function start(own: HTMLScriptElement): void {
  if ("hosted" in own.dataset) {
    const form = document.querySelector("form");
    // The form's own fields say where the visitor came from.
    if (form) attach(form, {}, findStore());
    return;
  }
  // Before anything is waited for: the visitor may go on to another page first. A page without a form needs no more.
  const visit = readVisit({ href: location.href, referrer: document.referrer }, findStore());
  if (!own.dataset.key) return;
  const host = document.createElement("div");
  place(host, own);
  void show(host, own, visit);
}

/** Where `data-target` says, else where the script stands; from a page's head at its end. */
function place(host: HTMLElement, own: HTMLScriptElement): void {
  const put = () => {
    const target = own.dataset.target ? document.querySelector(own.dataset.target) : null;
    if (target) target.append(host);
    else if (document.body?.contains(own)) own.after(host);
    else document.body.append(host);
  };
  const isEarly = document.readyState === "loading" && (own.dataset.target || !document.body?.contains(own));
  if (isEarly) document.addEventListener("DOMContentLoaded", put);
  else put();
}

type Visit = ReturnType<typeof readVisit>;

async function show(host: HTMLElement, own: HTMLScriptElement, visit: Visit): Promise<void> {
  const { src, dataset } = own;
  const { key, lang } = dataset;
  const { origin } = new URL(src);
  const address = `${origin}/f/${key}`;
  const language = lang || document.documentElement.lang || navigator.language;
  const root = host.attachShadow({ mode: "open" });
  try {
    const answer = await fetch(`${address}/form?lang=${encodeURIComponent(language)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { html, css } = await answer.json();
    root.innerHTML = html;
    addStyle(root, css);
  } catch {
    return addLink(root, address, language);
  }
  const form = root.querySelector("form");
  if (form) attach(form, visit, findStore());
}

/** A sheet of the script's own is not what a page's policy for styles is about. */
function addStyle(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}

/** Where the form cannot be had, as on a site that is not listed, the visitor still finds it on its own page. */
function addLink(root: ShadowRoot, address: string, language: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.referrerPolicy = "no-referrer-when-downgrade";
  const known = /^(?:ru|es|pt)\b/.exec(language)?.[0] as FormLanguage | undefined;
  link.textContent = OPEN[known ?? "en"];
  root.append(link);
}
