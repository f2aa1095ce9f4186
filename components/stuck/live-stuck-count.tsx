"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import * as z from "zod/mini";
import { getQueryClient } from "@/components/server/query-client";
import { CountBadge } from "@/components/ui/count-badge";
import { useStuckChanges, useStuckOnDevice } from "./stuck-news";
import { toCountedTitle } from "./to-counted-title";

const STUCK_COUNT = ["stuck-count"];
const POLL_MS = 15_000;
const countSchema = z.object({ count: z.number() });

async function fetchCount({ signal }: { signal: AbortSignal }): Promise<number> {
  const response = await fetch("/api/leads/stuck", { signal });
  return countSchema.parse(await response.json()).count;
}

export function LiveStuckCount({ initial, serverNow }: { initial: number; serverNow: number }) {
  const t = useTranslations("leads.stuck");
  const { data: count, refetch } = useQuery(
    {
      queryKey: STUCK_COUNT,
      queryFn: fetchCount,
      initialData: initial,
      initialDataUpdatedAt: serverNow,
      refetchInterval: POLL_MS,
    },
    getQueryClient(),
  );
  const changes = useStuckChanges();
  useEffect(() => {
    if (changes > 0) void refetch();
  }, [changes, refetch]);
  const onDevice = useStuckOnDevice();
  useCountedTitle(count + onDevice);
  return count > 0 && <CountBadge count={count} label={t("waiting", { count })} />;
}

/** Each page sets a title of its own, so the count is put back in front of it. */
function useCountedTitle(count: number): void {
  useEffect(() => {
    const show = () => {
      const title = toCountedTitle(document.title, count);
      if (title !== document.title) document.title = title;
    };
    show();
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [count]);
}
