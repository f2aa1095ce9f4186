"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { isMoving, isUnderWay } from "./is-moving";

const REFRESH_MS = 3000;
const REST_MS = 15_000;

/** Reads the page anew while a lead on it is under way and somebody looks. */
export function KeepFresh({ leads, serverNow }: { leads: LeadSummary[]; serverNow: number }) {
  const { refresh } = useRouter();
  const isAnyMoving = leads.some((lead) => isMoving(lead, serverNow));
  const pauseMs = isAnyMoving ? REFRESH_MS : leads.some(isUnderWay) ? REST_MS : undefined;

  useEffect(() => {
    if (!pauseMs) return;
    const timer = setInterval(async () => {
      if (document.visibilityState !== "visible") return;
      // Without an answer a refresh would leave this page for the browser's own; any answer will do.
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
