"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import * as z from "zod/mini";
import { useEntryContext } from "@/components/entry/entry-context";
import { useShortcuts } from "@/components/entry/shortcuts/use-shortcuts";
import type { LeadActProblem } from "@/components/lead/act-on-lead";
import { isMoving } from "@/components/lead/is-moving";
import { LeadStatus } from "@/components/lead/lead-status";
import { getQueryClient } from "@/components/server/query-client";
import { SignInLink } from "@/components/shell/sign-in-link";
import { tellStuckCount } from "@/components/stuck/stuck-news";
import { Button } from "@/components/ui/button";
import { setServerNow } from "@/components/ui/clock";
import { RelativeTime } from "@/components/ui/relative-time";
import { type LeadSummary, leadSummarySchema } from "@/lib/domain/lead/schema";
import type { LeadState } from "@/lib/domain/lead/states";
import { LeadNews } from "./lead-news";
import { LeadRow } from "./lead-row";
import { RowActs } from "./row-acts";
import { type Tray, TrayList } from "./tray-list";
import { useActs } from "./use-acts";

export type LeadTrayProps = { initialTray: Tray; serverNow: number };

const RECENT_LEADS = ["recent-leads"];
const POLL_MS = 1000;
const SLOW_POLL_MS = 15_000;
const SIGNED_OUT = "signed_out";

const recentSchema = z.object({ now: z.number(), leads: z.array(leadSummarySchema), stuckCount: z.number() });
type Recent = z.infer<typeof recentSchema>;

async function fetchRecent({ signal }: { signal: AbortSignal }): Promise<Recent> {
  const response = await fetch("/api/leads/recent", { signal });
  if (response.status === 401) throw new Error(SIGNED_OUT);
  const recent = recentSchema.parse(await response.json());
  setServerNow(recent.now);
  return recent;
}

/** Milliseconds to the next poll. After signing in elsewhere, coming back to the window refreshes the list. */
function toInterval({ data, error }: { data?: Recent; error: Error | null }): number | false {
  if (error?.message === SIGNED_OUT) return false;
  return data?.leads.some((lead) => isMoving(lead, data.now)) ? POLL_MS : SLOW_POLL_MS;
}

export function LiveTray({ initialTray, serverNow }: LeadTrayProps) {
  const { correcting, correct, saves, onStuck, device } = useEntryContext();
  const { data, error, refetch } = useQuery(
    {
      queryKey: RECENT_LEADS,
      queryFn: fetchRecent,
      initialData: { now: serverNow, ...initialTray },
      initialDataUpdatedAt: serverNow,
      refetchInterval: ({ state }) => toInterval(state),
    },
    getQueryClient(),
  );
  useEffect(() => {
    if (saves === 0) return;
    setTooLate(false);
    void refetch();
  }, [saves, refetch]);
  const { stuckCount } = data;
  useEffect(() => tellStuckCount(stuckCount), [stuckCount]);

  const { problem, run, edit } = useActs({ onCorrect: correct, onDone: refetch });
  const [isTooLate, setTooLate] = useState(false);
  // A shortcut may be quicker than the list: the lead that it means was saved this moment.
  const actOnLast = async (act: (id: string) => unknown) => {
    const { data: fresh = data } = await refetch();
    const held = fresh.leads.find(({ id, state }) => state === "held" && id !== correcting?.id);
    setTooLate(!held && hasLeft(fresh.leads));
    if (held) act(held.id);
  };
  useShortcuts(
    device.hasKeys
      ? {}
      : {
          undo: () => void actOnLast((id) => run(id, "withdraw")),
          edit: () => void actOnLast(edit),
        },
  );

  return (
    <TrayList
      tray={data}
      toRow={(lead) => (
        <LeadRow
          lead={lead}
          time={<RelativeTime at={lead.createdAt} serverNow={serverNow} />}
          status={<LeadStatus lead={lead} serverNow={serverNow} />}
        >
          {lead.id === correcting?.id ? (
            <Note name="inForm" />
          ) : device.corrected.includes(lead.id) ? (
            <Note name="correctionWaits" />
          ) : (
            <RowActs lead={lead} onAct={run} onEdit={edit} />
          )}
          {problem?.id === lead.id && <ActProblemLine problem={problem.problem} />}
        </LeadRow>
      )}
    >
      {isTooLate && <TooLate />}
      <LeadNews leads={data.leads} onStuck={onStuck} />
      {error && <OutOfDate isSignedOut={error.message === SIGNED_OUT} onRefresh={refetch} />}
    </TrayList>
  );
}

const leftStates: readonly LeadState[] = ["queued", "sending", "checking", "confirmed"];

/** Of the newest lead: it is the one that the key means. */
function hasLeft(leads: LeadSummary[]): boolean {
  const [newest] = leads.toSorted((a, b) => b.createdAt - a.createdAt);
  return newest !== undefined && leftStates.includes(newest.state);
}

/** In place of the buttons: what they would act on is elsewhere. */
function Note({ name }: { name: "inForm" | "correctionWaits" }) {
  const t = useTranslations("entry.tray");
  return <p className="mt-1 text-13 text-accent-ink">{t(name)}</p>;
}

function TooLate() {
  const t = useTranslations("entry.tray");
  return (
    <p
      role="alert"
      className="border-t border-border bg-needs-you-tint px-4 py-2 text-13 font-medium text-needs-you-ink"
    >
      {t("tooLate")}
    </p>
  );
}

function ActProblemLine({ problem }: { problem: LeadActProblem }) {
  const t = useTranslations("entry.tray.problems");
  return (
    <p role="alert" className="mt-1 text-12 font-medium text-needs-you-ink">
      {t(problem)}
    </p>
  );
}

function OutOfDate({ isSignedOut, onRefresh }: { isSignedOut: boolean; onRefresh: () => void }) {
  const t = useTranslations("lead.recent");
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 border-t border-border p-4 text-13 text-needs-you-ink"
    >
      <p className="grow basis-40">{t(isSignedOut ? "signedOut" : "stale")}</p>
      {isSignedOut ? (
        <SignInLink />
      ) : (
        <Button look="secondary" onClick={onRefresh}>
          {t("refresh")}
        </Button>
      )}
    </div>
  );
}
