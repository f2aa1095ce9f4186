"use client";

import { useEffect, useState } from "react";
import { useModule } from "@/components/ui/use-module";

const loadKeeper = () => import("./focus-keeper");

/** Comes with the first key: without a keyboard nobody misses the focus. */
export function KeepFocus() {
  const [isByKey, setByKey] = useState(false);
  const keeper = useModule(loadKeeper, isByKey);
  useEffect(() => {
    const onKey = () => setByKey(true);
    addEventListener("keydown", onKey, { once: true });
    return () => removeEventListener("keydown", onKey);
  }, []);
  return keeper && <keeper.FocusKeeper />;
}
