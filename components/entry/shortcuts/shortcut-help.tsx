"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  isApple,
  readShortcutsOff,
  SHORTCUTS_OFF,
  type ShortcutName,
  shortcutNames,
  toStored,
} from "./shortcuts";

const keys: Record<ShortcutName, string> = {
  send: "Ctrl+Enter",
  source: "Alt+1…9",
  swap: "Alt+S",
  repair: "Alt+L",
  undoPaste: "Ctrl+Z",
  comment: "Alt+C",
  duplicates: "Alt+W",
  undo: "Alt+U",
  edit: "Alt+E",
  more: "Alt+M",
  clear: "Esc",
  history: "Alt+H",
  help: "?  Alt+/",
};

/** Every shortcut, what it does, and a box to switch it off: on some machines another program uses it. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("keys");
  const dialog = useRef<HTMLDialogElement>(null);
  const [off, setOff] = useState(readShortcutsOff);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  const toggle = (name: ShortcutName, isOn: boolean) => {
    const next = isOn ? off.filter((other) => other !== name) : [...off, name];
    saveShortcutsOff(next);
    setOff(next);
  };
  const toShown = (name: ShortcutName) =>
    isApple() ? keys[name].replace("Ctrl", "⌘").replaceAll("Alt", "⌃⌥") : keys[name];

  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys-title"
      onClose={onClose}
      className="m-auto w-[calc(100%-2rem)] max-w-md rounded-panel border border-border bg-raised p-4 text-14 text-ink shadow-float backdrop:bg-sunken/80 sm:p-6"
    >
      <h2 id="keys-title" className="text-16 font-semibold">
        {t("title")}
      </h2>
      <p className="mt-1 text-13 text-ink-muted">{t("hint")}</p>
      <ul className="mt-3 divide-y divide-border">
        {shortcutNames.map((name) => (
          <li key={name}>
            <label className="flex min-h-11 cursor-pointer items-center gap-3 lg:min-h-9">
              <input
                type="checkbox"
                checked={!off.includes(name)}
                onChange={(event) => toggle(name, event.target.checked)}
                className="size-4 accent-accent"
              />
              <span className="grow">{t(`names.${name}`)}</span>
              <kbd className="font-sans text-13 whitespace-pre text-ink-muted">{toShown(name)}</kbd>
            </label>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex justify-end">
        <Button onClick={() => dialog.current?.close()}>{t("close")}</Button>
      </div>
    </dialog>
  );
}

function saveShortcutsOff(off: ShortcutName[]): void {
  try {
    localStorage.setItem(SHORTCUTS_OFF, JSON.stringify(off.map(toStored)));
  } catch {
    // A browser without storage: the next page has all shortcuts on again.
  }
}
