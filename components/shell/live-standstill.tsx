"use client";

import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { setServerNow } from "@/components/ui/clock";
import { type Standstill, standstillSchema } from "@/lib/queue/schema";
import { getQueryClient } from "./query-client";
import { StandstillWords } from "./standstill-words";

export const STANDSTILL = ["standstill"];

const POLL_MS = 15_000;
const answerSchema = z.object({ now: z.number(), standstill: z.nullable(standstillSchema) });

async function fetchStandstill({ signal }: { signal: AbortSignal }): Promise<Standstill | null> {
  const response = await fetch("/api/standstill", { signal });
  const { now, standstill } = answerSchema.parse(await response.json());
  setServerNow(now);
  return standstill;
}

type LiveStandstillProps = { initial: Standstill | null; serverNow: number; isAdmin: boolean };

export function LiveStandstill({ initial, serverNow, isAdmin }: LiveStandstillProps) {
  const { data } = useQuery(
    {
      queryKey: STANDSTILL,
      queryFn: fetchStandstill,
      initialData: initial,
      initialDataUpdatedAt: serverNow,
      refetchInterval: POLL_MS,
    },
    getQueryClient(),
  );
  return <StandstillWords standstill={data} serverNow={serverNow} isAdmin={isAdmin} />;
}
