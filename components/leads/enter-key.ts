import type { KeyboardEvent } from "react";

const HIDDEN = "details:not([open]) input";

/** Enter goes to the next field that can be seen; in the last one the browser submits, as it would anyway. */
export function stepOnEnter(event: KeyboardEvent<HTMLFormElement>): void {
  const { target, currentTarget: form } = event;
  const isPlain = event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing;
  if (!isPlain || !(target instanceof HTMLInputElement)) return;

  const inputs = [...form.querySelectorAll("input")].filter((input) => !input.matches(HIDDEN));
  const next = inputs[inputs.indexOf(target) + 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function isSendShortcut(event: globalThis.KeyboardEvent): boolean {
  return event.key === "Enter" && (event.ctrlKey || event.metaKey);
}
