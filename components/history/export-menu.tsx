"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type Format, formats, progressSchema } from "@/lib/export/schema";
import type { History } from "@/lib/history/schema";
import { toAddress } from "./address";

const LOOK_MS = 500;
const START_TIMEOUT_MS = 15_000;

type Ticket = { id: string; at: number };

/** Exports the list. The browser saves the file while it is streamed; this shows the progress and a way to stop. */
export function ExportMenu({ history }: { history: History }) {
  const t = useTranslations("export");
  const [ticket, setTicket] = useState<Ticket>();
  const { data: progress, error } = useQuery({
    queryKey: ["export", ticket?.id],
    queryFn: ({ signal }) => (ticket ? fetchProgress(ticket, signal) : undefined),
    enabled: ticket !== undefined,
    refetchInterval: ({ state }) => (state.data && state.data.state !== "running" ? false : LOOK_MS),
    refetchIntervalInBackground: true,
  });

  const start = (chosen: Format) => {
    // Browsers hide randomUUID on plain http.
    const ticketId = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const [, query = ""] = toAddress(history, {}).split("?");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const more = new URLSearchParams({ format: chosen, ticket: ticketId, zone }).toString();
    // The browser's own download writes to the disk while the bytes arrive.
    const link = document.createElement("a");
    link.href = `/api/leads/export?${[query, more].filter(Boolean).join("&")}`;
    link.download = "";
    link.click();
    setTicket({ id: ticketId, at: Date.now() });
  };
  const isRunning =
    ticket !== undefined && (progress === undefined || progress.state === "running") && !error;
  const rows = progress?.rows ?? 0;

  return (
    <div className="col-span-2 flex flex-wrap items-center gap-2 md:ml-auto">
      {formats.map((one) => (
        <Button
          key={one}
          look="secondary"
          aria-disabled={isRunning}
          onClick={() => !isRunning && start(one)}
          className="px-3 text-13 aria-disabled:cursor-default aria-disabled:text-ink-faint lg:min-h-9"
        >
          <Download aria-hidden className="size-4" />
          {t(`formats.${one}`)}
        </Button>
      ))}
      {isRunning && (
        <>
          <span className="text-13 tabular-nums text-ink-muted">{t("running", { rows })}</span>
          <Button
            look="secondary"
            className="px-3 text-13 lg:min-h-9"
            onClick={() => fetch(`/api/leads/export/${ticket.id}`, { method: "POST" }).catch(() => undefined)}
          >
            {t("stop")}
          </Button>
        </>
      )}
      <p role="status" className="text-13 text-ink-muted empty:hidden">
        {!isRunning && error && t("unknown")}
        {!isRunning && !error && progress && t(`ended.${progress.state}`, { rows })}
      </p>
    </div>
  );
}

/** There is no progress before the first byte. */
async function fetchProgress({ id, at }: Ticket, signal: AbortSignal) {
  const response = await fetch(`/api/leads/export/${id}`, { signal });
  if (response.status === 404 && Date.now() - at < START_TIMEOUT_MS)
    return { rows: 0, state: "running" as const };
  return progressSchema.parse(await response.json());
}
