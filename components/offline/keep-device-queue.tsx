"use client";

import { useEffect } from "react";
import { useLater } from "@/components/ui/use-later";
import { useModule } from "@/components/ui/use-module";
import { useMark } from "./mark";

const LATER_MS = 15_000;
const loadQueue = () => import("./device-queue");

/** On every page: sends what waits on this device. It loads at once where the browser remembers that something waits. */
export function KeepDeviceQueue({ personId }: { personId: string }) {
  const hasMark = useMark(personId);
  // The remembrance may be lost with a crash, and the leads are not.
  const isLater = useLater(LATER_MS);
  const queue = useModule(loadQueue, hasMark || isLater);
  useEffect(() => queue?.startDeviceQueue(personId), [queue, personId]);
  return null;
}
