"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { SectionHead } from "@/components/routing/section-head";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import type { Routing } from "@/lib/domain/routing/schema";
import type { Trial } from "@/lib/domain/routing/try-routing";
import { tryRules } from "@/lib/routing/actions";

type State = "idle" | "busy" | { failure: string } | { routing: Routing; trial: Trial };

/** What the rules on the page would have done with real leads, per person, before they are published. */
export function TryOnLastWeek({ routing }: { routing: Routing }) {
  const t = useTranslations("routing.trial");
  const toWords = useFailureWords();
  const [state, setState] = useState<State>("idle");
  const run = async () => {
    setState("busy");
    const answer = await callServer({ action: () => tryRules({ routing }) });
    setState(answer.ok ? { routing, trial: answer.value } : { failure: answer.code });
  };
  const done = typeof state === "object" && "trial" in state ? state : undefined;
  return (
    <section aria-labelledby="trial" className="rounded-panel border border-border bg-surface p-4">
      <SectionHead id="trial" title={t("title")} hint={t("hint")}>
        <Button size="small" look="secondary" aria-disabled={state === "busy"} onClick={run}>
          {t(state === "busy" ? "busy" : "run")}
        </Button>
      </SectionHead>
      <div role="status">
        {typeof state === "object" && "failure" in state && (
          <p className="mt-2 text-13 font-medium text-needs-admin-ink">{toWords(state.failure)}</p>
        )}
        {done && done.routing !== routing && <p className="mt-2 text-13 text-needs-you-ink">{t("stale")}</p>}
        {done && <TrialTable trial={done.trial} />}
      </div>
    </section>
  );
}

function TrialTable({ trial: { leads, people, rules } }: { trial: Trial }) {
  const t = useTranslations("routing.trial");
  const format = useFormatter();
  if (leads === 0) return <p className="mt-2 text-13 text-ink-muted">{t("noLeads")}</p>;
  const head = "h-9 border-b border-border px-2 text-left text-12 font-medium text-ink-faint";
  const cell = "h-9 border-b border-border px-2 text-13";
  return (
    <>
      <table className="mt-3 w-full max-w-xl">
        <caption className="sr-only">{t("caption", { count: leads })}</caption>
        <thead>
          <tr>
            <th scope="col" className={head}>
              {t("person")}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {t("would")}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {t("was")}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ userId, name, leads: would, was }) => (
            <tr key={userId ?? "nobody"}>
              <th scope="row" translate="no" className={`${cell} text-left font-medium`}>
                {userId === null ? t("nobody") : name}
              </th>
              <td className={`${cell} text-right tabular-nums`}>{format.number(would)}</td>
              <td className={`${cell} text-right text-ink-muted tabular-nums`}>{format.number(was)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="mt-2 text-13 text-ink-muted">
        {rules.map(({ id, name, leads: count }) => (
          <li key={id ?? "none"}>{id === null ? t("noRule", { count }) : t("byRule", { name, count })}</li>
        ))}
      </ul>
    </>
  );
}
