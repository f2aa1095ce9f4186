"use client";

import { useEffect, useState } from "react";

const AGAIN_MS = 3000;

/**
 * A part of the page that comes when it is wanted. Without a connection it stays away, the page goes on without it, and it
 * comes with the connection. `load` is a constant.
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
