"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";

/** Adds the browser's time zone to the address. */
export function AddTimeZone() {
  const router = useRouter();
  const address = useSearchParams().toString();
  useEffect(() => {
    const query = new URLSearchParams(address);
    query.set("zone", Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");
    router.replace(`/overview?${query}`);
  }, [router, address]);
  return null;
}
