"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { useFailure } from "@/components/people/use-failure";
import { type Answer, callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { RelativeTime } from "@/components/ui/relative-time";
import { useExactTime } from "@/components/ui/use-exact-time";
import { endOneSession, endOtherSessions } from "@/lib/profile/actions";
import type { OpenSession } from "@/lib/profile/schema";

type Words = Pick<Question, "title" | "consequence" | "verb"> & { done: string };
type SessionsProps = { sessions: OpenSession[]; own: string; serverNow: number };

/** The person's sessions. This browser's own session ends by signing out. */
export function Sessions({ sessions, own, serverNow }: SessionsProps) {
  const t = useTranslations("profile.sessions");
  const router = useRouter();
  const toFailure = useFailure();
  const [question, setQuestion] = useState<Question>();
  const [done, setDone] = useState("");
  const toExact = useExactTime();
  const list = useRef<HTMLUListElement>(null);

  const ask = (words: Words, run: () => Promise<Answer<unknown>>) => {
    // So that the same words are announced again.
    setDone("");
    setQuestion({
      ...words,
      act: async () => {
        const answer = await callServer({ action: run });
        if (answer.ok) return undefined;
        const { title, body } = toFailure(answer.code);
        return { sentence: `${title} ${body}` };
      },
      onDone: () => {
        setDone(words.done);
        // The button disappears with its row.
        list.current?.focus();
        router.refresh();
      },
    });
  };
  const toNames = ({ browser, seenAt }: OpenSession) => ({
    browser: browser ?? t("unknown"),
    seen: toExact(seenAt),
  });
  const askOne = (session: OpenSession) => {
    const [title, consequence] = [t("endQuestion", toNames(session)), t("endConsequence")];
    ask({ title, consequence, verb: t("end"), done: t("ended") }, () => endOneSession(session.id));
  };
  const askOthers = () => {
    const words = { title: t("question"), consequence: t("consequence"), verb: t("verb"), done: t("done") };
    ask(words, () => endOtherSessions(undefined));
  };

  return (
    <>
      <ul
        ref={list}
        tabIndex={-1}
        aria-label={t("list")}
        className="mb-3 divide-y divide-border border-y border-border"
      >
        {sessions.map((session) => (
          <Session key={session.id} {...session} isOwn={session.id === own} serverNow={serverNow}>
            <Button
              look="secondary"
              size="small"
              className="shrink-0"
              aria-label={t("endNamed", toNames(session))}
              onClick={() => askOne(session)}
            >
              {t("end")}
            </Button>
          </Session>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        {sessions.length > 1 && (
          <Button look="secondary" onClick={askOthers}>
            {t("verb")}
          </Button>
        )}
        <p role="status" className="text-12 font-medium text-good-ink">
          {done}
        </p>
      </div>
      {question && <Confirm question={question} onClose={() => setQuestion(undefined)} />}
    </>
  );
}

type SessionProps = OpenSession & { isOwn: boolean; serverNow: number; children: ReactNode };

function Session({ browser, since, seenAt, isOwn, serverNow, children }: SessionProps) {
  const t = useTranslations("profile.sessions");
  return (
    <li className="flex min-h-14 items-center justify-between gap-3 py-2">
      <div className="min-w-0 text-13">
        <p className="text-14 font-medium break-words">{browser ?? t("unknown")}</p>
        <p className="text-ink-muted">
          {t("since")} <RelativeTime at={since} serverNow={serverNow} />
          {!isOwn && (
            <>
              {" · "}
              {t("seen")} <RelativeTime at={seenAt} serverNow={serverNow} />
            </>
          )}
        </p>
      </div>
      {isOwn ? <p className="shrink-0 text-13 text-ink-muted">{t("own")}</p> : children}
    </li>
  );
}
