"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { LeadSummary } from "@/lib/leads/schema";
import type { FormFields } from "@/lib/mapping/schema";
import { LeadForm } from "./lead-form";
import { LeadTray } from "./lead-tray";

// Without a connection a query is tried and fails, so that the list can say so, instead of resting in silence.
const options = { queries: { retry: false, staleTime: 1000, networkMode: "always" } } as const;

type LeadEntryProps = { personId: string; rules: FormFields; recent: LeadSummary[]; serverNow: number };

export function LeadEntry({ personId, rules, recent, serverNow }: LeadEntryProps) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: options }));
  return (
    <QueryClientProvider client={queries}>
      <div className="mx-auto grid max-w-[35rem] grid-cols-[minmax(0,1fr)] items-start gap-8 lg:mx-0 lg:max-w-none lg:grid-cols-[minmax(0,35rem)_22rem] xl:grid-cols-[minmax(0,35rem)_24rem] xl:gap-12">
        <LeadForm personId={personId} rules={rules} />
        <LeadTray initialLeads={recent} serverNow={serverNow} />
      </div>
    </QueryClientProvider>
  );
}
