"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { isMoving, isUnderWay } from "./is-moving";

const REFRESH_MS = 3000;
const SLOW_REFRESH_MS = 15_000;

/** Reloads the page's data while a lead on it is changing and the page is visible. */
export function KeepFresh({ leads, serverNow }: { leads: LeadSummary[]; serverNow: number }) {
  const { refresh } = useRouter();
  const isAnyMoving = leads.some((lead) => isMoving(lead, serverNow));
  const pauseMs = isAnyMoving ? REFRESH_MS : leads.some(isUnderWay) ? SLOW_REFRESH_MS : undefined;

  useEffect(() => {
    if (!pauseMs) return;
    const timer = setInterval(async () => {
      if (document.visibilityState !== "visible") return;
      // Without a connection, a refresh would replace this page with the browser's error page. Any answer shows that
      // the server is reachable.
      const isReachable = await fetch("/api/health").then(
        () => true,
        () => false,
      );
      if (isReachable) refresh();
    }, pauseMs);
    return () => clearInterval(timer);
  }, [pauseMs, refresh]);

  return null;
}
