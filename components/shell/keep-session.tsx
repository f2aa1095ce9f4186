"use client";

import { useEffect } from "react";

const EVERY_MS = 10 * 60_000;

/**
 * A session ends 12 hours after its person last did something: each sign of life gets a fresh token, at most every ten
 * minutes. Polls do not count, or a tab left open would keep the door open.
 */
export function KeepSession() {
  useEffect(() => {
    let renewedAt = 0;
    const renew = () => {
      if (Date.now() - renewedAt < EVERY_MS) return;
      renewedAt = Date.now();
      // Without a connection it comes with the next sign of life.
      fetch("/api/auth/session").catch(() => {
        renewedAt = 0;
      });
    };
    renew();
    const signs = ["pointerdown", "keydown"] as const;
    for (const sign of signs) addEventListener(sign, renew, { passive: true });
    return () => {
      for (const sign of signs) removeEventListener(sign, renew);
    };
  }, []);
  return null;
}
