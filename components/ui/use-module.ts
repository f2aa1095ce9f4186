"use client";

import { useEffect, useState } from "react";

const RETRY_MS = 3000;

/**
 * Loads a part of the page when it is wanted. Without a connection the page works without it, and it loads once the
 * connection is back. `load` must be a constant.
 */
export function useModule<M>(load: () => Promise<M>, isWanted: boolean): M | undefined {
  const [module, setModule] = useState<M>();
  useEffect(() => {
    let isMounted = isWanted;
    const loadModule = () => {
      if (!isMounted) return;
      load().then(
        (loaded) => setModule(() => loaded),
        () => setTimeout(loadModule, RETRY_MS),
      );
    };
    loadModule();
    return () => {
      isMounted = false;
    };
  }, [load, isWanted]);
  return module;
}
