"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { prepareExport } from "@/lib/export/actions";
import { type Format, formats, progressSchema } from "@/lib/export/schema";
import type { History } from "@/lib/history/schema";
import { toAddress } from "./address";
import { Choice } from "./choice";
import { useSelection } from "./selection/selection-provider";

const LOOK_MS = 500;
const START_TIMEOUT_MS = 15_000;
const failures = ["signed_out", "forbidden", "proof_needed", "wait", "offline"] as const;

type Ticket = { id: string; at: number };

/** Exports the list. The browser saves the file while it is streamed; this shows the progress and a way to stop. */
export function ExportMenu({ history }: { history: History }) {
  const t = useTranslations("export");
  const { picked, selection } = useSelection();
  const chosen = selection.isWhole ? [] : picked;
  const [format, setFormat] = useState<Format>("xlsx");
  const [ticket, setTicket] = useState<Ticket>();
  const [failure, setFailure] = useState<string>();
  const [isStarting, setStarting] = useState(false);
  const { data: progress, error } = useQuery({
    queryKey: ["export", ticket?.id],
    queryFn: ({ signal }) => (ticket ? fetchProgress(ticket, signal) : undefined),
    enabled: ticket !== undefined,
    refetchInterval: ({ state }) => (state.data && state.data.state !== "running" ? false : LOOK_MS),
    refetchIntervalInBackground: true,
  });

  const start = async () => {
    setFailure(undefined);
    setTicket(undefined);
    setStarting(true);
    const answer = await callServer({ action: () => prepareExport(undefined) });
    setStarting(false);
    if (!answer.ok) return setFailure(answer.code);
    // Browsers hide randomUUID on plain http.
    const ticketId = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const [, query = ""] = toAddress(history, {}).split("?");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const wanted = new URLSearchParams({ format, ticket: ticketId, zone });
    if (chosen.length > 0) wanted.set("ids", chosen.join());
    const more = wanted.toString();
    // The browser's own download writes to the disk while the bytes arrive.
    const link = document.createElement("a");
    link.href = `/api/leads/export?${[query, more].filter(Boolean).join("&")}`;
    link.download = "";
    link.click();
    setTicket({ id: ticketId, at: Date.now() });
  };
  const isRunning =
    ticket !== undefined && (progress === undefined || progress.state === "running") && !error;
  const isBusy = isStarting || isRunning;
  const rows = progress?.rows ?? 0;

  return (
    <div className="col-span-2 flex flex-wrap items-end gap-2 md:ml-auto">
      <Choice
        id="format"
        className="max-md:flex-1"
        label={t("format")}
        value={format}
        options={formats.map((one) => ({ value: one, label: t(`formats.${one}`) }))}
        onChoose={(chosen) => setFormat(formats.find((one) => one === chosen) ?? format)}
      />
      <Button
        look="secondary"
        size="small"
        aria-disabled={isBusy}
        onClick={() => !isBusy && start()}
        className="lg:h-9"
      >
        <Download aria-hidden className="size-4" />
        {t("start", { count: chosen.length })}
      </Button>
      {isRunning && (
        <>
          <span className="py-2 text-13 tabular-nums text-ink-muted">{t("running", { rows })}</span>
          <Button
            look="secondary"
            className="px-3 text-13 lg:min-h-9"
            onClick={() => fetch(`/api/leads/export/${ticket.id}`, { method: "POST" }).catch(() => undefined)}
          >
            {t("stop")}
          </Button>
        </>
      )}
      <p role="status" className="py-2 text-13 text-ink-muted empty:hidden">
        {failure && t(`failures.${failures.find((code) => code === failure) ?? "failed"}`)}
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
