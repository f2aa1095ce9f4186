"use client";

import { useModule } from "@/components/ui/use-module";

const loadBand = () => import("./token-band");

/** Loads the band only when there is something to say. */
export function TokenNews(props: { expiresAt: number; serverNow: number }) {
  const band = useModule(loadBand, true);
  return band ? <band.TokenBand {...props} /> : null;
}
