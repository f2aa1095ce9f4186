"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Delivery } from "@/lib/delivery/schema";

const MAX_PER_MINUTE = 360;

type DeliveryFiguresProps = { delivery: Delivery; serverNow: number };

export function DeliveryFigures({ delivery, serverNow }: DeliveryFiguresProps) {
  const t = useTranslations("delivery.figures");
  const format = useFormatter();
  const { counts, oldestWaiting, lastSuccess } = delivery;
  const figures = {
    waiting: (counts.held ?? 0) + (counts.queued ?? 0),
    sending: counts.sending ?? 0,
    checking: counts.checking ?? 0,
    needs_fix: counts.needs_fix ?? 0,
    needs_admin: counts.needs_admin ?? 0,
    confirmed: counts.confirmed ?? 0,
  };

  return (
    <section aria-labelledby="figures">
      <h2 id="figures" className="mb-3 text-16 font-semibold">
        {t("title")}
      </h2>
      <div className="overflow-hidden rounded-panel border border-border bg-border">
        <dl className="grid grid-cols-2 gap-px sm:grid-cols-3 lg:grid-cols-6">
          {Object.entries(figures).map(([name, count]) => (
            <Figure key={name} name={t(name)}>
              <span className="text-20 font-semibold">{format.number(count)}</span>
            </Figure>
          ))}
        </dl>
        <dl className="mt-px grid gap-px sm:grid-cols-3">
          <Figure name={t("oldest")}>
            {oldestWaiting ? (
              <Link
                href={`/leads/${oldestWaiting.id}`}
                className="group/row inline-flex min-h-6 items-center rounded-control font-medium text-accent-ink underline-offset-2 hover:underline pointer-coarse:min-h-11"
              >
                <RelativeTime at={oldestWaiting.createdAt} serverNow={serverNow} />
              </Link>
            ) : (
              t("none")
            )}
          </Figure>
          <Figure name={t("lastSuccess")}>
            {lastSuccess === null ? t("never") : <RelativeTime at={lastSuccess} serverNow={serverNow} />}
          </Figure>
          <Figure name={t("requests")}>
            <Requests count={delivery.requestsLastMinute} />
          </Figure>
        </dl>
      </div>
    </section>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1 bg-surface px-4 py-3">
      <dt className="text-12 text-ink-muted">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

function Requests({ count }: { count: number }) {
  const t = useTranslations("delivery.figures");
  const words = t("ofMost", { count, most: MAX_PER_MINUTE });
  return (
    <span className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
      {words}
      <meter
        aria-label={t("requests")}
        aria-valuetext={words}
        min={0}
        max={MAX_PER_MINUTE}
        value={Math.min(count, MAX_PER_MINUTE)}
        className="h-2 min-w-24 grow appearance-none overflow-hidden rounded-full bg-sunken ring-1 ring-border-strong [&::-moz-meter-bar]:bg-accent [&::-moz-meter-bar]:bg-none [&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:bg-sunken [&::-webkit-meter-bar]:bg-none [&::-webkit-meter-inner-element]:block [&::-webkit-meter-optimum-value]:bg-accent [&::-webkit-meter-optimum-value]:bg-none"
      />
    </span>
  );
}
