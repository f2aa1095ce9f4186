import { createProof } from "./proof";
import { send } from "./send";
import { claimLeadId, dropTyped, keepTyped, listTyped, restoreTyped } from "./typed-values";

/** Sends the form without leaving the page, keeps what was typed until it is received, and says so only then. */
export function attach(
  form: HTMLFormElement,
  visit: Record<string, string>,
  store: Storage | undefined,
): void {
  const words = form.dataset;
  const button = form.querySelector(".send");
  const problem = form.querySelector(".problem");
  if (!button || !problem) return;
  const label = button.textContent ?? "";
  let leadId = claimLeadId(words.key, store);
  const prove = words.challenge ? createProof(words.challenge) : undefined;
  let isBusy = false;
  restoreTyped(form, store);
  if (prove) form.addEventListener("focusin", () => void prove().catch(() => undefined), { once: true });

  const setBusy = (busy: boolean, shown: string | undefined) => {
    isBusy = busy;
    button.setAttribute("aria-disabled", String(busy));
    button.textContent = shown ?? "";
  };
  const listOwn = (name: string): [string, string][] =>
    new FormData(form).getAll(name).map((value) => [name, String(value)]);
  const renew = () => {
    form.reset();
    leadId = claimLeadId(words.key, store);
    setBusy(false, label);
  };
  const submit = async () => {
    problem.textContent = "";
    setBusy(true, words.sending);
    keepTyped(form, store);
    const own = ["_form", "_time", "_trap", "_consent"].flatMap(listOwn);
    const pairs = [
      ...listTyped(form),
      ...own,
      ...Object.entries(visit),
      ["lead_id", leadId] as [string, string],
    ];
    // Without a proof, or with one that takes too long, the lead waits to be looked at, and is not lost.
    const proof = prove && (await Promise.race([prove().catch(() => undefined), untilTooLong()]));
    const outcome = await send(form.action, proof ? [...pairs, ["altcha", proof]] : pairs);
    if (outcome.kind === "received") {
      dropTyped(form, store);
      // Who comes back by the browser's Back finds an empty form, which is another lead.
      addEventListener("pagehide", renew, { once: true });
      return thank(form);
    }
    setBusy(false, words.again);
    const isOffline = outcome.kind === "failed" && !navigator.onLine;
    problem.textContent =
      (outcome.kind === "refused" ? outcome.message : isOffline ? words.offline : words.failed) ?? "";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy) void submit();
  });
}

// A slow phone solves it in some seconds; a challenge that hangs may never come.
const LONGEST_PROOF_MS = 10_000;

function untilTooLong(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), LONGEST_PROOF_MS));
}

function thank(form: HTMLFormElement): void {
  const { thanks = "", received = "", to } = form.dataset;
  form.dispatchEvent(new CustomEvent("lead-desk:received", { bubbles: true, composed: true }));
  if (to) {
    location.assign(to);
    return;
  }
  const done = document.createElement("div");
  const title = document.createElement("h2");
  const words = document.createElement("p");
  title.textContent = thanks;
  words.textContent = received;
  done.className = "done";
  done.tabIndex = -1;
  done.setAttribute("role", "status");
  done.append(title, words);
  form.replaceWith(done);
  done.focus();
}
