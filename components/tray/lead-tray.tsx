"use client";

import type { ReactNode } from "react";
import { useEntryContext } from "@/components/entry/entry-context";
import { useLater } from "@/components/ui/use-later";
import { useModule } from "@/components/ui/use-module";
import type { LeadTrayProps } from "./live-tray";

const LIVE_MS = 15_000;
const loadLive = () => import("./live-tray");

type Props = LeadTrayProps & { isLiveAtOnce: boolean; children: ReactNode };

/** Shows the list of the server, `children`, until a lead may have changed. */
export function LeadTray({ isLiveAtOnce, children, ...props }: Props) {
  const { saves } = useEntryContext();
  const isLater = useLater(LIVE_MS);
  const live = useModule(loadLive, isLiveAtOnce || isLater || saves > 0);
  return live ? <live.LiveTray {...props} /> : children;
}
