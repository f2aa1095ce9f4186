"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The keys that send, as this keyboard names them. */
export function SendKeys() {
  const isApple = useSyncExternalStore(
    never,
    () => /^(Mac|iP)/.test(navigator.platform),
    () => false,
  );
  return (
    <kbd aria-hidden className="hidden font-sans text-12 font-normal sm:pointer-fine:inline">
      {isApple ? "⌘ Enter" : "Ctrl+Enter"}
    </kbd>
  );
}
