"use client";

import { useModule } from "@/components/ui/use-module";
import { toTokenWarning } from "@/lib/domain/token-days";

const loadBand = () => import("./token-band");

type TokenNewsProps = { expiresAt: number | null; serverNow: number };

/** Loads the band only when there is something to say. */
export function TokenNews({ expiresAt, serverNow }: TokenNewsProps) {
  const isNear = expiresAt !== null && toTokenWarning(expiresAt, serverNow) !== null;
  const band = useModule(loadBand, isNear);
  return band ? <band.TokenBand expiresAt={expiresAt} serverNow={serverNow} /> : null;
}
