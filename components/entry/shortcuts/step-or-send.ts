import type { KeyboardEvent } from "react";

const SHOWN = ":is(input, textarea, select):not([name=comment], details:not([open]) *)";

/**
 * Enter goes to the next field that can be seen, past the comment, and in the last one it sends; in a text area it is a
 * new line. With Ctrl or ⌘ see use-shortcuts.
 */
export function stepOrSend(event: KeyboardEvent<HTMLFormElement>): void {
  const { currentTarget: form, nativeEvent } = event;
  const field = event.target as HTMLInputElement;
  // It may end a word of Chinese or Japanese; Safari tells by the code 229 only.
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
  if (nativeEvent.isComposing || nativeEvent.keyCode === 229) return;
  if (event.repeat) event.preventDefault();
  if (event.repeat || !field.matches("input, select")) return;

  const fields = [...form.querySelectorAll<HTMLInputElement>(SHOWN)];
  // The choices of a group share their name and are one stop.
  const next = fields.find(
    ({ name }, index) => index > fields.indexOf(field) && (!name || name !== field.name),
  );
  event.preventDefault();
  if (next) next.focus();
  else form.requestSubmit();
}
