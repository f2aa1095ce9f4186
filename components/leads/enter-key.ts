import type { KeyboardEvent } from "react";

const SHOWN = ":is(input,select,textarea):not(details:not([open]) *)";

/**
 * Enter goes to the next field that can be seen, and in the last one it sends; in a text area it is a new line. With
 * Ctrl or ⌘ see use-keys.
 */
export function stepOrSend(event: KeyboardEvent<HTMLFormElement>): void {
  const { currentTarget: form } = event;
  const field = event.target as HTMLInputElement;
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || isComposing(event.nativeEvent)) return;
  if (event.repeat) event.preventDefault();
  if (event.repeat || !field.matches("input,select")) return;

  const fields = [...form.querySelectorAll<HTMLInputElement>(SHOWN)];
  // The choices of a group share their name and are one stop.
  const next = fields.slice(fields.indexOf(field) + 1).find(({ name }) => !name || name !== field.name);
  event.preventDefault();
  if (next) next.focus();
  else form.requestSubmit();
}

/** Enter then ends a word of Chinese or Japanese; Safari tells by the code 229 only. */
function isComposing({ isComposing, keyCode }: globalThis.KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}
