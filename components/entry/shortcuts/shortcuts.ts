/** What the keyboard does on the entry screen, in the order of the list that `?` opens. */
export const shortcutNames = [
  "send",
  "source",
  "swap",
  "repair",
  "undoPaste",
  "comment",
  "duplicates",
  "undo",
  "edit",
  "more",
  "clear",
  "history",
  "help",
] as const;
export type ShortcutName = (typeof shortcutNames)[number];

// Positions on the keyboard, not letters: they are the same on the Russian layout.
const positions: Record<string, ShortcutName> = {
  KeyS: "swap",
  KeyL: "repair",
  KeyC: "comment",
  KeyW: "duplicates",
  KeyU: "undo",
  KeyE: "edit",
  KeyM: "more",
  KeyH: "history",
  Slash: "help",
};

export type Press = { name: ShortcutName; digit?: number };

/** There ⌥ alone writes letters and accents, so shortcuts take ⌃⌥. VoiceOver uses ⌃⌥ too and gets its own keys first. */
export function isApple(): boolean {
  return /^(Mac|iP)/.test(navigator.platform);
}

/** Which shortcut a key press is, if any. AltGr writes letters and is none; Firefox calls Apple's ⌥ by that name too. */
export function toPress(event: KeyboardEvent): Press | undefined {
  const { altKey, code, ctrlKey, key, metaKey } = event;
  const isEnter = key === "Enter" && (ctrlKey || metaKey);
  if (isEnter) return { name: "send" };
  const isUndo = code === "KeyZ" && (ctrlKey || metaKey) && !event.shiftKey;
  if (isUndo) return { name: "undoPaste" };
  const isCommand = isApple() ? ctrlKey : !ctrlKey && !event.getModifierState("AltGraph");
  if (altKey && isCommand && !metaKey) return toAltPress(code);
  if (altKey || ctrlKey || metaKey) return undefined;
  if (key === "Escape") return { name: "clear" };
  return key === "?" && !isWriting(event.target) ? { name: "help" } : undefined;
}

function toAltPress(code: string): Press | undefined {
  // Not those of the number pad: with Alt they write characters by their codes on Windows.
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  if (digit) return { name: "source", digit: Number(digit) };
  const name = positions[code];
  return name && { name };
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

export const SHORTCUTS_OFF = "lead-desk-keys-off";

export function readShortcutsOff(): ShortcutName[] {
  try {
    const off: unknown = JSON.parse(localStorage.getItem(SHORTCUTS_OFF) ?? "[]");
    return shortcutNames.filter((name) => Array.isArray(off) && off.includes(toStored(name)));
  } catch {
    return [];
  }
}

/** The shortcut for duplicates was stored under an earlier name. */
export function toStored(name: ShortcutName): string {
  return name === "duplicates" ? "known" : name;
}
