"use client";

import { useSyncExternalStore } from "react";
import { isApple } from "./keys";

const never = () => () => {};

/** The keys that send, as this keyboard names them. */
export function SendKeys() {
  const isOnApple = useSyncExternalStore(never, isApple, () => false);
  return (
    <kbd aria-hidden className="hidden font-sans text-12 font-normal sm:pointer-fine:inline">
      {isOnApple ? "⌘ Enter" : "Ctrl+Enter"}
    </kbd>
  );
}
