"use client";

import type { ReactNode } from "react";
import { useEntryContext } from "@/components/entry/entry-context";
import { useLater } from "@/components/ui/use-later";
import { useModule } from "@/components/ui/use-module";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { correctableStates, statesUnderWay } from "@/lib/domain/lead/states";

const LIVE_MS = 15_000;
const loadLive = () => import("./live-tray");

export type LeadTrayProps = { initialLeads: LeadSummary[]; serverNow: number };

/** Shows the list of the server, `children`, until a lead can change. */
export function LeadTray({ children, ...props }: LeadTrayProps & { children: ReactNode }) {
  const { saves } = useEntryContext();
  const canChange = props.initialLeads.some(
    ({ state }) => statesUnderWay.includes(state) || correctableStates.includes(state),
  );
  const isLater = useLater(LIVE_MS);
  const live = useModule(loadLive, canChange || isLater || saves > 0);
  return live ? <live.LiveTray {...props} /> : children;
}
