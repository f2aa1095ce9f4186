"use client";

import { useState } from "react";
import { callServer, KOMMO_WAIT_MS } from "@/components/server/call-server";
import { foundInKommoSchema } from "@/lib/delivery/schema";
import { type Failure, toFailure } from "./failures";
import type { Matches } from "./kommo-matches";
import type { StuckLead } from "./use-remedies";

type Seen = { sentAt: number | null; matches: Matches };

/** Looks in Kommo for leads on demand: each look costs requests. */
export function useKommoLook() {
  const [seen, setSeen] = useState<ReadonlyMap<string, Seen>>(new Map());
  const [isWhole, setWhole] = useState(true);
  const [isLooking, setLooking] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  async function look(leads: StuckLead[]): Promise<void> {
    if (isLooking || leads.length === 0) return;
    setLooking(true);
    setFailure(undefined);
    const body = { ids: leads.map(({ id }) => id) };
    const answer = await callServer({ route: { path: "/api/delivery/kommo", body }, waitMs: KOMMO_WAIT_MS });
    setLooking(false);
    const found = foundInKommoSchema.safeParse(answer.ok ? answer.value : undefined);
    if (!found.success) {
      setFailure(toFailure(answer) ?? "failed");
      return;
    }
    const sentAt = new Map(leads.map((lead) => [lead.id, lead.sentAt]));
    setWhole(found.data.isWhole);
    setSeen(
      new Map(
        found.data.leads.map((matches) => [matches.id, { sentAt: sentAt.get(matches.id) ?? null, matches }]),
      ),
    );
  }

  return {
    look,
    isLooking,
    failure,
    isWhole,
    /** Undefined for a lead that nobody has looked for since it was last sent. */
    findMatches({ id, sentAt }: StuckLead): Matches | undefined {
      const known = seen.get(id);
      return known?.sentAt === sentAt ? known.matches : undefined;
    },
  };
}
