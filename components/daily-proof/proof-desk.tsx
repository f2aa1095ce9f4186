"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { acceptRow, makeProofNow } from "@/lib/daily-proof/actions";
import { PROOFS_KEPT_DAYS } from "@/lib/daily-proof/constants";
import type { ProofPage } from "@/lib/daily-proof/schema";
import { MadeProof } from "./made-proof";
import { MakingState } from "./making-state";
import { ProofDownload } from "./proof-download";
import { fetchProof, toProofKey } from "./proof-query";

const LOOK_MS = 2000;
const failures = [
  "signed_out",
  "forbidden",
  "proof_needed",
  "wait",
  "changed_meanwhile",
  "invalid",
  "offline",
] as const;

/** One day: what was proven, what differs, and the making of the proof while it goes on. */
export function ProofDesk({ initial }: { initial: ProofPage }) {
  const t = useTranslations("dailyProof");
  const queryClient = useQueryClient();
  const key = toProofKey(initial.day);
  const [failure, setFailure] = useState<string>();
  const { data: page, error } = useQuery({
    queryKey: key,
    queryFn: () => fetchProof(initial.day),
    initialData: initial,
    refetchInterval: ({ state }) => ((state.data?.making?.tryAt ?? null) === null ? false : LOOK_MS),
  });
  const act = async (action: Parameters<typeof callServer>[0]) => {
    const answer = await callServer(action);
    setFailure(answer.ok ? undefined : answer.code);
    await queryClient.invalidateQueries({ queryKey: key });
  };
  const isProvable = page.day <= page.today && page.day >= page.firstProvable;
  const isDeleted = page.day >= page.earliest && page.day < page.firstProvable;

  return (
    <div className="flex flex-col gap-4">
      {page.proof ? (
        <MadeProof
          proof={page.proof}
          kommoUrl={page.kommoUrl}
          onAccept={(id) => act({ action: () => acceptRow(id) })}
        />
      ) : (
        <div className="rounded-panel border border-border bg-surface">
          <EmptyState title={t(isProvable ? "unmade.title" : "unmade.none")} hint={toHint()} />
        </div>
      )}
      <div role="status" className="empty:hidden">
        {page.making && <MakingState making={page.making} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {isProvable && (
          <Button
            size="small"
            aria-disabled={page.making !== null && page.making.problem === null}
            onClick={() => act({ action: () => makeProofNow(page.day) })}
            className="lg:h-9"
          >
            {t("make")}
          </Button>
        )}
        {page.proof && <ProofDownload day={page.day} onFailure={setFailure} />}
      </div>
      {page.proof && isDeleted && <p className="max-w-prose text-13 text-ink-muted">{t("unmakeable")}</p>}
      <p role="alert" className="text-13 text-needs-admin-ink empty:hidden">
        {failure && t(`failures.${failures.find((code) => code === failure) ?? "failed"}`)}
        {!failure && error && t("stale")}
      </p>
    </div>
  );

  function toHint(): string {
    if (page.day > page.today) return t("unmade.future");
    if (page.day < page.earliest) return t("unmade.old", { days: PROOFS_KEPT_DAYS });
    return t(isDeleted ? "unmade.deleted" : "unmade.hint");
  }
}
