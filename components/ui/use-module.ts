"use client";

import { useEffect, useState } from "react";

const AGAIN_MS = 3000;

/**
 * Loads a part of the page when it is wanted. Without a connection the page works without it, and it loads
 * once the connection is back. `load` must be a constant.
 */
export function useModule<M>(load: () => Promise<M>, isWanted: boolean): M | undefined {
  const [module, setModule] = useState<M>();
  useEffect(() => {
    let isHere = isWanted;
    const bring = () => {
      if (!isHere) return;
      load().then(
        (loaded) => setModule(() => loaded),
        () => setTimeout(bring, AGAIN_MS),
      );
    };
    bring();
    return () => {
      isHere = false;
    };
  }, [load, isWanted]);
  return module;
}
