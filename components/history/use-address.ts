"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { History } from "@/lib/history/schema";
import { toAddress } from "./address";

/** Changes the list's address. The old list stays visible until the new one has loaded, so nothing jumps. */
export function useAddress(history: History) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const change = (changed: Partial<History>) =>
    startTransition(() => router.replace(toAddress(history, changed), { scroll: false }));
  return { change, isPending };
}
