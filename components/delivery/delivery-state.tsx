"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  CircleCheck,
  CirclePause,
  Clock,
  CloudOff,
  History,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { useNow } from "@/components/ui/clock";
import { Confirm, type Question } from "@/components/ui/confirm";
import { useMoment } from "@/components/ui/moment";
import type { Delivery } from "@/lib/delivery/schema";
import { pauseDelivery, resumeDelivery, tryConnection } from "@/lib/queue/actions";
import { CONNECTED_AGAIN } from "@/lib/queue/constants";
import { DELIVERY } from "./delivery-query";
import { toFailure } from "./failures";

type DeliveryStateProps = { delivery: Delivery; serverNow: number };

const actions = {
  pause: { run: pauseDelivery, look: "secondary" },
  resume: { run: resumeDelivery, look: "primary" },
  try: { run: tryConnection, look: "primary" },
} as const;

/** The state of the delivery in one sentence, and the one button that applies. */
export function DeliveryState({ delivery, serverNow }: DeliveryStateProps) {
  const t = useTranslations("delivery");
  const queries = useQueryClient();
  const [question, ask] = useState<Question>();
  const { icon: Icon, tone, sentence, meaning } = useWords(delivery, serverNow);
  const { queueStop } = delivery;
  const applicable = queueStop === null ? "pause" : queueStop.kind === "paused" ? "resume" : "try";
  const { look, run } = actions[applicable];

  const open = () =>
    ask({
      title: t(`${applicable}.question`),
      consequence: t(`${applicable}.consequence`),
      verb: t(`${applicable}.verb`),
      act: async () => {
        const failure = toFailure(await callServer({ action: () => run(undefined) }));
        return failure && { sentence: t(`failures.${failure}`) };
      },
      onDone: () => queries.invalidateQueries({ queryKey: DELIVERY }),
    });

  return (
    <section
      aria-label={t("state")}
      className={`flex flex-wrap items-center justify-between gap-4 rounded-panel p-4 ${tone}`}
    >
      <div className="flex min-w-0 grow basis-64 gap-3">
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
        <div className="min-w-0">
          <p role="status" className="text-16 font-semibold break-words">
            {sentence}
          </p>
          <p className="mt-1 text-ink">
            {meaning}
            {queueStop?.kind === "halted" && (
              <>
                {" "}
                <NextTry probeAt={queueStop.probeAt} serverNow={serverNow} />
              </>
            )}
          </p>
        </div>
      </div>
      {queueStop?.kind === "unmapped" ? (
        <ButtonLink href="/admin/kommo">{t("unmapped.link")}</ButtonLink>
      ) : queueStop?.kind === "halted" && CONNECTED_AGAIN.includes(queueStop.code) ? (
        <ButtonLink href="/admin/kommo">{t("band.connect")}</ButtonLink>
      ) : (
        <Button look={look} onClick={open} className="max-sm:w-full">
          {t(`${applicable}.verb`)}
        </Button>
      )}
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </section>
  );
}

/** Outside the live region, which would be read out every second. */
function NextTry({ probeAt, serverNow }: { probeAt: number; serverNow: number }) {
  const t = useTranslations("delivery");
  const seconds = Math.ceil((probeAt - useNow(serverNow, 1000)) / 1000);
  return <span className="tabular-nums">{seconds > 0 ? t("nextTry", { seconds }) : t("trying")}</span>;
}

// Longer than a backlog of ten thousand takes, and longer than verifying an unconfirmed lead takes.
const LATE_MS = 5 * 60_000;

type Words = { icon: LucideIcon; tone: string; sentence: string; meaning: string };

function useWords(delivery: Delivery, serverNow: number): Words {
  const { now, queueStop, restored, unverified, oldestWaiting, counts } = delivery;
  const t = useTranslations("delivery");
  const toMoment = useMoment(serverNow);
  if (queueStop?.kind === "paused") {
    return {
      icon: CirclePause,
      tone: "bg-needs-you-tint text-needs-you-ink",
      sentence: t("paused", { by: queueStop.by, time: toMoment(queueStop.since) }),
      meaning: t("pausedMeaning"),
    };
  }
  if (queueStop?.kind === "unmapped") {
    return {
      icon: CirclePause,
      tone: "bg-needs-you-tint text-needs-you-ink",
      sentence: t("unmapped.title"),
      meaning: t("unmapped.forAdmin"),
    };
  }
  if (queueStop?.kind === "halted") {
    const code = t.has(`reasons.${queueStop.code}`) ? queueStop.code : "other";
    return {
      icon: CloudOff,
      tone: "bg-needs-admin-tint text-needs-admin-ink",
      sentence: t("halted", { time: toMoment(queueStop.since), reason: t(`reasons.${code}`) }),
      meaning: `${t("haltedMeaning")} ${t(`remedies.${code}`)}`,
    };
  }
  if (unverified) {
    return {
      icon: Clock,
      tone: "bg-needs-admin-tint text-needs-admin-ink",
      sentence: t("unverified", { count: unverified.count, time: toMoment(unverified.since) }),
      meaning: t("unverifiedMeaning"),
    };
  }
  if (restored) {
    return {
      icon: History,
      tone: "bg-needs-you-tint text-needs-you-ink",
      sentence: t("restored", { count: restored.left }),
      meaning: t("restoredMeaning", { time: toMoment(restored.at) }),
    };
  }
  if (oldestWaiting && now - oldestWaiting.createdAt > LATE_MS) {
    return {
      icon: Clock,
      tone: "bg-needs-you-tint text-needs-you-ink",
      sentence: t("late", { time: toMoment(oldestWaiting.createdAt) }),
      meaning: t("lateMeaning"),
    };
  }
  const stuck = (counts.needs_fix ?? 0) + (counts.needs_admin ?? 0);
  return stuck > 0
    ? {
        icon: TriangleAlert,
        tone: "bg-needs-you-tint text-needs-you-ink",
        sentence: t("flowingBut", { count: stuck }),
        meaning: t("flowingButMeaning"),
      }
    : {
        icon: CircleCheck,
        tone: "bg-good-tint text-good-ink",
        sentence: t("flowing"),
        meaning: t("flowingMeaning"),
      };
}
