"use client";

import type { ReactNode } from "react";
import { useLater } from "@/components/ui/use-later";
import { useModule } from "@/components/ui/use-module";
import { useStuckChanges, useStuckOnDevice } from "./stuck-news";

const LIVE_MS = 15_000;
const loadLive = () => import("./live-stuck-count");

type StuckCountProps = { initial: number; serverNow: number; children: ReactNode };

/** How many leads wait for a person, in the navigation and the page's title; `children` is what the server knew. */
export function StuckCount({ initial, serverNow, children }: StuckCountProps) {
  const isLater = useLater(LIVE_MS);
  const hasChanged = useStuckChanges() > 0;
  const isOnDevice = useStuckOnDevice() > 0;
  const live = useModule(loadLive, isLater || hasChanged || isOnDevice || initial > 0);
  return live ? <live.LiveStuckCount initial={initial} serverNow={serverNow} /> : children;
}
