"use client";

import { useEffect, useState } from "react";

/**
 * A part of the page that comes when it is wanted. Without a connection it stays away, and the page goes on without it.
 * `load` is a constant.
 */
export function useModule<M>(load: () => Promise<M>, isWanted: boolean): M | undefined {
  const [module, setModule] = useState<M>();
  useEffect(() => {
    if (!isWanted) return;
    let isHere = true;
    load().then(
      (loaded) => isHere && setModule(() => loaded),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [load, isWanted]);
  return module;
}
