"use client";

import { useLater } from "@/components/ui/use-later";
import { useModule } from "@/components/ui/use-module";
import type { Standstill } from "@/lib/outbox/schema";
import { StandstillWords } from "./standstill-words";

const LIVE_MS = 15_000;
const loadLive = () => import("./live-standstill");

type StandstillBandProps = { initial: Standstill | null; serverNow: number; isAdmin: boolean };

/** On every page while nothing leaves for Kommo. What keeps it fresh comes after the page. */
export function StandstillBand(props: StandstillBandProps) {
  const live = useModule(loadLive, useLater(LIVE_MS));
  return (
    <div role="status">
      {live ? <live.LiveStandstill {...props} /> : <StandstillWords {...props} standstill={props.initial} />}
    </div>
  );
}
