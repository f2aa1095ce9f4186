"use client";

import { useEffect } from "react";

// No input, because on a phone that would bring up the keyboard.
const REACHABLE = "a[href], button:not(:disabled), summary";

/**
 * When the focused control goes away, browsers put the focus on the page's body, and the next Tab starts at the top. Here
 * it goes to what was beside the control, or to the page's content.
 */
export function FocusKeeper() {
  useEffect(() => {
    /** The focused control and what it is in, from the inside out. */
    let path: Element[] = [];
    const remember = ({ target }: Pick<FocusEvent, "target">) => {
      path = [];
      for (let at = target instanceof Element ? target : null; at; at = at.parentElement) path.push(at);
    };
    const keep = () => {
      if (path.length === 0 || path[0]?.isConnected || document.activeElement !== document.body) return;
      const next = findBeside(path) ?? document.getElementById("page");
      path = [];
      next?.focus({ preventScroll: true });
    };
    remember({ target: document.activeElement });
    const observer = new MutationObserver(keep);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", remember);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", remember);
    };
  }, []);
  return null;
}

/** Undefined once the whole page has changed, which is then read from its start. */
function findBeside(path: Element[]): HTMLElement | undefined {
  for (const around of path) {
    if (around.id === "page") return undefined;
    const beside = around.isConnected ? around.querySelector<HTMLElement>(REACHABLE) : undefined;
    if (beside) return beside;
  }
  return undefined;
}
