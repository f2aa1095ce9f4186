"use client";

import { useEffect, useState } from "react";

/**
 * A part of the page that comes when it is wanted. Without a connection it stays away, the page goes on without it, and it
 * comes with the connection. `load` is a constant.
 */
export function useModule<M>(load: () => Promise<M>, isWanted: boolean): M | undefined {
  const [module, setModule] = useState<M>();
  useEffect(() => {
    const bring = () =>
      load().then(
        (loaded) => setModule(() => loaded),
        () => addEventListener("online", bring, { once: true }),
      );
    if (isWanted) void bring();
  }, [load, isWanted]);
  return module;
}
