"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import { type Press, readShortcutsOff, type ShortcutName, toPress } from "./shortcuts";

type Commands = Partial<Record<ShortcutName, (press: Press) => void>>;

/** Shortcuts that work wherever the focus is on the page. An open dialog has the keyboard to itself. */
export function useShortcuts(commands: Commands): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });

  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.isComposing ||
        document.querySelector("dialog[open], :popover-open")
      )
        return;
      const press = toPress(event);
      const run = press && latest.current[press.name];
      if (!run || readShortcutsOff().includes(press.name)) return;
      event.preventDefault();
      if (!event.repeat) run(press);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
