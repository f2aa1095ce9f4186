"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { setRetention } from "@/lib/privacy/actions";
import { retentionSchema } from "@/lib/privacy/schema";
import { useRefusal } from "./use-refusal";

/** An empty field means forever. */
export function Retention({ keepDays }: { keepDays: number | null }) {
  const t = useTranslations("retention");
  const { refresh } = useRouter();
  const toRefusal = useRefusal();
  const [question, ask] = useState<Question>();
  const [error, setError] = useState<string>();
  const [news, setNews] = useState("");

  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector("input");
    const typed = field?.value.trim() || null;
    const parsed = retentionSchema.safeParse({ keepDays: typed });
    setNews("");
    setError(parsed.success ? undefined : t("invalid"));
    if (!parsed.success) return field?.focus();

    const { keepDays: days } = parsed.data;
    ask({
      title: days === null ? t("forEverQuestion") : t("question", { days }),
      consequence: days === null ? t("forEverConsequence") : t("consequence", { days }),
      verb: t("verb"),
      act: async () => toRefusal(await callServer({ action: () => setRetention({ keepDays: days }) })),
      onDone: () => {
        setNews(t("done"));
        refresh();
      },
    });
  };

  return (
    <section aria-labelledby="retention" className="mt-12">
      <h2 id="retention" className="text-16 font-semibold">
        {t("title")}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{t("hint")}</p>
      <form noValidate method="dialog" onSubmit={save} className="flex flex-wrap items-start gap-2">
        <Field
          id="keep-days"
          label={t("days")}
          hint={keepDays === null ? t("nowForEver") : t("now", { days: keepDays })}
          error={error}
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          defaultValue={keepDays ?? ""}
          className="w-full sm:w-72"
        />
        <Button type="submit" look="secondary" className="max-sm:w-full sm:mt-5 md:mt-6">
          {t("verb")}
        </Button>
      </form>
      <p role="status" className="mt-1 text-13 font-medium text-good-ink empty:hidden">
        {news}
      </p>
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </section>
  );
}
