/** The digit of a key that is pressed alone. With Alt it is a shortcut, with ⌃ or ⌘ the browser's. */
export function toDigit(
  event: Pick<KeyboardEvent, "altKey" | "code" | "ctrlKey" | "metaKey">,
): number | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  return digit === undefined ? undefined : Number(digit);
}
