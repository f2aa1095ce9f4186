"use client";

import { type ReactNode, useEffect, useReducer, useState } from "react";
import { useModule } from "@/components/ui/use-module";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { EntryContext } from "./entry-context";
import { EntryForm } from "./entry-form";
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
  const [correcting, setCorrecting] = useState(toCorrect);
  const [isAfterSaving, setAfterSaving] = useState(false);
  const [saves, countSave] = useReducer((count: number) => count + 1, 0);
  // The address changed without a new page, as by a link to this very one.
  useEffect(() => setCorrecting(toCorrect), [toCorrect]);
  const parts = useModule(loadParts, correcting === null);

  const open = (lead: LeadToCorrect | undefined, isSaved: boolean) => {
    setAfterSaving(isSaved);
    setCorrecting(lead);
    const address = new URL(location.href);
    if (lead) address.searchParams.set("lead", lead.id);
    else address.searchParams.delete("lead");
    history.replaceState(null, "", address);
  };
  const correct = (lead: LeadToCorrect | undefined) => open(lead, false);
  const finish = (isSaved: boolean) => open(undefined, isSaved);

  return (
    <EntryContext value={{ correctingId: correcting?.id, correct, saves }}>
      <div className="mx-auto grid max-w-[35rem] grid-cols-[minmax(0,1fr)] items-start gap-8 lg:mx-0 lg:max-w-none lg:grid-cols-[minmax(0,35rem)_22rem] xl:grid-cols-[minmax(0,35rem)_24rem] xl:gap-12">
        <div>
          {correcting === null && parts && <parts.LeadGoneNotice onClose={() => finish(false)} />}
          <EntryForm
            key={correcting?.id ?? "new"}
            {...form}
            sources={toSources(usedSources, form.rules)}
            isAfterSaving={isAfterSaving}
            toCorrect={correcting ?? undefined}
            onSaved={countSave}
            onDone={finish}
          />
        </div>
        {children}
      </div>
    </EntryContext>
  );
}

/** The most used first, then those of the mapping, which may be the only ones. */
function toSources(used: string[], { sources, isFreeSource }: FormFields): string[] {
  const named = sources.map(({ name }) => name);
  const allowed = isFreeSource ? used : used.filter((source) => named.includes(source));
  return [...new Set([...allowed, ...named])];
}
