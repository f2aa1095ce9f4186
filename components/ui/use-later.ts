"use client";

import { useEffect, useState } from "react";

/** True once the time has passed, or once the person returns to the window. */
export function useLater(ms: number): boolean {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    const arrive = () => setLater(true);
    const comeBack = () => document.visibilityState === "visible" && arrive();
    const timer = setTimeout(arrive, ms);
    window.addEventListener("visibilitychange", comeBack);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("visibilitychange", comeBack);
    };
  }, [ms]);
  return isLater;
}
