"use client";

import { useLater } from "@/components/ui/use-later";
import { useModule } from "@/components/ui/use-module";
import type { QueueStop } from "@/lib/queue/schema";

const LIVE_MS = 15_000;
const loadLive = () => import("./live-queue-stop");

type QueueStopBandProps = { initial: QueueStop | null; serverNow: number; isAdmin: boolean };

/**
 * On every page while nothing is sent to Kommo. The words load when there are some; the live part loads after the page.
 */
export function QueueStopBand(props: QueueStopBandProps) {
  const isLater = useLater(LIVE_MS);
  const live = useModule(loadLive, isLater || props.initial !== null);
  return <div role="status">{live && <live.LiveQueueStop {...props} />}</div>;
}
