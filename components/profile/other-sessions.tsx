"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailure } from "@/components/people/failure";
import { act } from "@/components/shell/act";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { endOtherSessions } from "@/lib/profile/actions";

export function OtherSessions() {
  const t = useTranslations("profile.sessions");
  const toFailure = useFailure();
  const [question, setQuestion] = useState<Question>();
  const [isDone, setDone] = useState(false);

  const ask = () =>
    setQuestion({
      title: t("question"),
      consequence: t("consequence"),
      verb: t("verb"),
      act: async () => {
        const answer = await act(() => endOtherSessions(undefined));
        if (answer.ok) return undefined;
        const { title, body } = toFailure(answer.code);
        return { sentence: `${title} ${body}` };
      },
      onDone: () => setDone(true),
    });

  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button look="secondary" onClick={ask}>
        {t("verb")}
      </Button>
      <p role="status" className="text-12 font-medium text-good-ink">
        {isDone && t("done")}
      </p>
      {question && <Confirm question={question} onClose={() => setQuestion(undefined)} />}
    </div>
  );
}
