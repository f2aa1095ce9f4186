"use client";

import { useEntryContext } from "@/components/entry/entry-context";
import { isMoving } from "@/components/lead/is-moving";
import { useLater } from "@/components/ui/use-later";
import { useModule } from "@/components/ui/use-module";
import { correctableStates } from "@/lib/domain/lead/states";
import { LeadRow } from "./lead-row";
import { type LeadTrayProps, TrayList } from "./tray-list";

const LIVE_MS = 15_000;
const loadLive = () => import("./live-tray");

/** The last leads as the page brought them; what refreshes them is loaded once one can change. */
export function LeadTray(props: LeadTrayProps) {
  const { saves } = useEntryContext();
  const isMovingNow = props.initialLeads.some(
    (lead) => isMoving(lead, props.serverNow) || correctableStates.includes(lead.state),
  );
  const isLater = useLater(LIVE_MS);
  const live = useModule(loadLive, isMovingNow || isLater || saves > 0);
  if (live) return <live.LiveTray {...props} />;
  return (
    <TrayList
      leads={props.initialLeads}
      toRow={(lead) => <LeadRow lead={lead} serverNow={props.serverNow} />}
    />
  );
}
