import { useFormatter } from "next-intl";
import { LeadStatusAt } from "@/components/lead/lead-status-at";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { correctableStates, statesUnderWay } from "@/lib/domain/lead/states";
import { LeadRow } from "./lead-row";
import { LeadTray } from "./lead-tray";
import type { LeadTrayProps } from "./live-tray";
import { TrayList } from "./tray-list";

const MINUTE = 60_000;

/** The last leads, rendered by the server, so that their rows and icons are not in the first script. */
export function FirstTray({ initialTray, serverNow }: LeadTrayProps) {
  const format = useFormatter();
  // The person's time zone comes with the live tray, which loads at once when a lead can change.
  const toDue = (at: number) => format.dateTime(at, { timeStyle: "short", timeZone: "UTC" });
  return (
    <LeadTray {...{ initialTray, serverNow }} isLiveAtOnce={initialTray.leads.some(canChange)}>
      <TrayList
        tray={initialTray}
        toRow={(lead) => (
          <LeadRow
            lead={lead}
            time={<TimeAgo at={lead.createdAt} now={serverNow} />}
            status={<LeadStatusAt lead={lead} now={serverNow} due={toDue(lead.dueAt)} />}
          />
        )}
      />
    </LeadTray>
  );
}

/** Without script, so in no time zone; the live tray has dates and exact times. */
function TimeAgo({ at, now }: { at: number; now: number }) {
  const format = useFormatter();
  return (
    <time dateTime={new Date(at).toISOString()} className="whitespace-nowrap tabular-nums">
      {format.relativeTime(at, { now: now - at < MINUTE ? at : now, style: "short" })}
    </time>
  );
}

function canChange({ state }: LeadSummary): boolean {
  return statesUnderWay.includes(state) || correctableStates.includes(state);
}
