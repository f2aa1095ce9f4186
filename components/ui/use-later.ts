"use client";

import { useEffect, useState } from "react";

/** True once the time has passed, or once the person returns to the window. */
export function useLater(ms: number): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const setPassed = () => setLater(true);
    const onReturn = () => document.visibilityState === "visible" && setPassed();
    const timer = setTimeout(setPassed, ms);
    window.addEventListener("visibilitychange", onReturn);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("visibilitychange", onReturn);
    };
  }, [ms]);
  return isLater;
}
