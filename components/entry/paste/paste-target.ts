import { toField } from "@/components/entry/fields/inputs";

/** Empty fields of the form's own, and what is no field; fields that the admin made take a paste as it is. */
export function isForReading(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  if (target instanceof HTMLInputElement) return target.value === "" && toField(target) !== undefined;
  return !target.matches("textarea, select, [contenteditable]");
}

/** As the browser would have pasted it, its own undo included. */
export function pasteAsText(text: string, input: HTMLInputElement | undefined): void {
  if (!input) return;
  input.focus();
  document.execCommand("insertText", false, text.replaceAll(/\s+/g, " "));
}
