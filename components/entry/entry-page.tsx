"use client";

import { type ReactNode, useEffect, useReducer, useRef, useState } from "react";
import { useMark } from "@/components/offline/mark";
import { startClock } from "@/components/ui/clock";
import { useModule } from "@/components/ui/use-module";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { EntryContext, NOTHING_KEPT } from "./entry-context";
import { EntryForm } from "./entry-form";
import type { Done, LeadInForm } from "./entry-state";
import { loadParts } from "./lazy/load";

type EntryPageProps = {
  personId: string;
  serverNow: number;
  /** The lead that the address names; null if it can no longer be corrected. */
  toCorrect: LeadToCorrect | null | undefined;
  rules: FormFields;
  usedSources: string[];
  isMoreOpen: boolean;
  /** The last leads, beside the form. */
  children: ReactNode;
};

export function EntryPage({ toCorrect, usedSources, children, ...form }: EntryPageProps) {
  const [correcting, setCorrecting] = useState<LeadInForm | null | undefined>(toCorrect);
  const [after, setAfter] = useState<Done>();
  const [device, setDevice] = useState(NOTHING_KEPT);
  const [saves, countSave] = useReducer((count: number) => count + 1, 0);
  const [stuckSaves, setStuckSaves] = useState<number>();
  // The address changed without a new page, as by a link to this very one.
  useEffect(() => setCorrecting(toCorrect), [toCorrect]);
  const isOnDevice = useMark(form.personId);
  const parts = useModule(loadParts, correcting === null || isOnDevice);
  const release = useRef<() => void>(undefined);
  useEffect(() => () => release.current?.(), []);
  const { serverNow } = form;
  useEffect(() => startClock(serverNow), [serverNow]);

  const open = (lead: LeadInForm | undefined, done: Done | undefined, releaseLead?: () => void) => {
    release.current?.();
    release.current = releaseLead;
    setAfter(done);
    setCorrecting(lead);
    const address = new URL(location.href);
    // The server does not know those on this device.
    if (lead && lead.state !== "on_device") address.searchParams.set("lead", lead.id);
    else address.searchParams.delete("lead");
    history.replaceState(null, "", address);
  };
  const finish = (done: Done | undefined) => open(undefined, done);

  const context = {
    correcting,
    correct: (lead: LeadToCorrect) => open(lead, undefined),
    saves,
    onStuck: () => setStuckSaves(saves),
    isSavedStuck: stuckSaves === saves,
    device,
  };
  return (
    <EntryContext value={context}>
      <div className="form-page">
        <div>
          {correcting === null && parts && <parts.LeadGoneNotice onClose={() => finish(undefined)} />}
          <EntryForm
            key={correcting ? correcting.state + correcting.id : "new"}
            {...form}
            sources={toSources(usedSources, form.rules)}
            after={after}
            toCorrect={correcting ?? undefined}
            onSaved={countSave}
            onDone={finish}
          />
        </div>
        <div>
          {parts && (
            <parts.OnThisDevice
              personId={form.personId}
              serverNow={serverNow}
              onOpen={(lead, releaseLead) => open(lead, undefined, releaseLead)}
              onSent={countSave}
              onShown={setDevice}
            />
          )}
          {children}
        </div>
      </div>
    </EntryContext>
  );
}

/** The most used first, then those of the mapping, which may be the only ones; none where the form does not ask. */
function toSources(used: string[], { hidden, sources, isFreeSource }: FormFields): string[] {
  if (hidden.includes("source")) return [];
  const named = sources.map(({ name }) => name);
  const allowed = isFreeSource ? used : used.filter((source) => named.includes(source));
  return [...new Set([...allowed, ...named])];
}
