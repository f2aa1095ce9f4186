"use client";

import { useEffect } from "react";

const EVERY_MS = 10 * 60_000;

/**
 * A session ends 12 hours after its person was last active. Activity renews the token at most every ten minutes.
 * Polling does not count, because a tab left open would otherwise keep the session alive.
 */
export function KeepSession() {
  useEffect(() => {
    let renewedAt = 0;
    const renew = () => {
      if (Date.now() - renewedAt < EVERY_MS) return;
      renewedAt = Date.now();
      // Without a connection, the next activity renews it.
      fetch("/api/auth/session").catch(() => {
        renewedAt = 0;
      });
    };
    renew();
    const activityEvents = ["pointerdown", "keydown"] as const;
    for (const event of activityEvents) addEventListener(event, renew, { passive: true });
    return () => {
      for (const event of activityEvents) removeEventListener(event, renew);
    };
  }, []);
  return null;
}
