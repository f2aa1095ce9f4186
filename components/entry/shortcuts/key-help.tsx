"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { isApple, KEYS_OFF, type KeyName, keyNames, readKeysOff } from "./keys";

const keys: Record<KeyName, string> = {
  send: "Ctrl+Enter",
  source: "Alt+1…9",
  swap: "Alt+S",
  repair: "Alt+L",
  undoPaste: "Ctrl+Z",
  known: "Alt+W",
  undo: "Alt+U",
  edit: "Alt+E",
  more: "Alt+M",
  clear: "Esc",
  history: "Alt+H",
  help: "?  Alt+/",
};

/** Every key, what it does, and a box to switch it off: some are another program's on some machines. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("keys");
  const dialog = useRef<HTMLDialogElement>(null);
  const [off, setOff] = useState(readKeysOff);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  const toggle = (name: KeyName, isOn: boolean) => {
    const next = isOn ? off.filter((other) => other !== name) : [...off, name];
    saveKeysOff(next);
    setOff(next);
  };
  const toShown = (name: KeyName) =>
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
        {keyNames.map((name) => (
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

function saveKeysOff(off: KeyName[]): void {
  try {
    localStorage.setItem(KEYS_OFF, JSON.stringify(off));
  } catch {
    // A browser that keeps nothing; the keys are as they were the next time.
  }
}
