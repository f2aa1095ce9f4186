import type { KeyboardEvent } from "react";

const HIDDEN = "details:not([open]) input";

/** Enter goes to the next field that can be seen, and in the last one it sends. With Ctrl or ⌘ see use-keys. */
export function stepOrSend(event: KeyboardEvent<HTMLFormElement>): void {
  const { target, currentTarget: form } = event;
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || isComposing(event.nativeEvent)) return;
  if (event.repeat) event.preventDefault();
  if (event.repeat || !(target instanceof HTMLInputElement)) return;

  const inputs = [...form.querySelectorAll("input")].filter((input) => !input.matches(HIDDEN));
  const next = inputs[inputs.indexOf(target) + 1];
  event.preventDefault();
  if (next) next.focus();
  else form.requestSubmit();
}

/** Enter then ends a word of Chinese or Japanese; Safari tells by the code 229 only. */
function isComposing({ isComposing, keyCode }: globalThis.KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}
