"use client";

import { useEffect, useRef } from "react";
import { type KeyName, type Press, readKeysOff, toPress } from "./keys";

type Commands = Partial<Record<KeyName, (press: Press) => void>>;

/** Keys that work wherever the focus is on the page. A dialog has the keyboard to itself. */
export function useKeys(commands: Commands): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.isComposing ||
        document.querySelector("dialog[open], :popover-open")
      )
        return;
      const press = toPress(event);
      const run = press && latest.current[press.name];
      if (!run || readKeysOff().includes(press.name)) return;
      event.preventDefault();
      if (!event.repeat) run(press);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
