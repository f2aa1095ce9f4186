"use client";

import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { getQueryClient } from "@/components/server/query-client";
import { setServerNow } from "@/components/ui/clock";
import { type QueueStop, queueStopSchema } from "@/lib/queue/schema";
import { QueueStopWords } from "./queue-stop-words";

export const QUEUE_STOP_KEY = ["standstill"];

const POLL_MS = 15_000;
const answerSchema = z.object({ now: z.number(), queueStop: z.nullable(queueStopSchema) });

async function fetchQueueStop({ signal }: { signal: AbortSignal }): Promise<QueueStop | null> {
  const response = await fetch("/api/queue", { signal });
  const { now, queueStop } = answerSchema.parse(await response.json());
  setServerNow(now);
  return queueStop;
}

type LiveQueueStopProps = { initial: QueueStop | null; serverNow: number; isAdmin: boolean };

export function LiveQueueStop({ initial, serverNow, isAdmin }: LiveQueueStopProps) {
  const { data } = useQuery(
    {
      queryKey: QUEUE_STOP_KEY,
      queryFn: fetchQueueStop,
      initialData: initial,
      initialDataUpdatedAt: serverNow,
      refetchInterval: POLL_MS,
    },
    getQueryClient(),
  );
  return <QueueStopWords queueStop={data} serverNow={serverNow} isAdmin={isAdmin} />;
}
