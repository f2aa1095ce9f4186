"use client";

import { useSyncExternalStore } from "react";
import { isApple } from "./shortcuts";

const never = () => () => {};

/** The shortcut that sends, as this keyboard names its keys. */
export function SendKeys() {
  const isOnApple = useSyncExternalStore(never, isApple, () => false);
  return (
    <kbd aria-hidden className="hidden font-sans text-12 font-normal sm:pointer-fine:inline">
      {isOnApple ? "⌘ Enter" : "Ctrl+Enter"}
    </kbd>
  );
}
