type Pair = [string, string];

/** What the visitor has typed, without what the form says of itself. */
export function listTyped(form: HTMLFormElement): Pair[] {
  const pairs: Pair[] = [];
  new FormData(form).forEach((value, name) => {
    if (name.charAt(0) !== "_" && typeof value === "string") pairs.push([name, value]);
  });
  return pairs;
}

/** Kept for this tab until it is received, as a slow phone may load the page anew. */
export function keepTyped(form: HTMLFormElement, store: Storage | undefined): void {
  try {
    store?.setItem(toKept(form), JSON.stringify(listTyped(form)));
  } catch {
    // Full or forbidden: it stands in the form all the same.
  }
}

export function dropTyped(form: HTMLFormElement, store: Storage | undefined): void {
  store?.removeItem(toKept(form));
  store?.removeItem(ID + form.dataset.key);
}

const ID = "lead-desk-id-";

/**
 * Names the lead, so that it is one however often it is sent: the answer may be lost, and a slow phone load the page anew.
 * Another name once it is received.
 */
export function claimLeadId(
  formKey: string | undefined,
  store: Pick<Storage, "getItem" | "setItem"> | undefined,
): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const fresh = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    const kept = store?.getItem(ID + formKey);
    if (kept) return kept;
    store?.setItem(ID + formKey, fresh);
  } catch {
    // Full or forbidden: it is the same for as long as the page is.
  }
  return fresh;
}

export function restoreTyped(form: HTMLFormElement, store: Storage | undefined): void {
  let pairs: Pair[] = [];
  try {
    pairs = JSON.parse(store?.getItem(toKept(form)) ?? "[]");
  } catch {
    return;
  }
  for (const [name, value] of pairs)
    for (const input of Array.from(form.elements)) {
      if (input instanceof HTMLInputElement && input.name === name) {
        if (input.type === "checkbox" || input.type === "radio")
          input.checked = input.checked || input.value === value;
        else if (input.type !== "hidden" && input.value === "") input.value = value;
      } else if (input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement) {
        if (input.name === name && input.value === "") input.value = value;
      }
    }
}

function toKept(form: HTMLFormElement): string {
  return `lead-desk-typed-${form.dataset.key}`;
}
