"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { leadFields } from "@/lib/domain/lead/fields";
import { editTargets } from "@/lib/intake/actions";
import { useIntakeFailure } from "./use-intake-failure";

/** A field that the form has sent: `own` is where its name leads by itself, undefined for the comment. */
export type SentField = { name: string; example: string; own: string | undefined };

type FormTargetsProps = {
  form: { id: string; targets: Record<string, string> };
  fields: SentField[];
  custom: { key: string; label: string }[];
};

/** By the example of what came last: each field beside its target. */
export function FormTargets({ form, fields, custom }: FormTargetsProps) {
  const t = useTranslations("intake");
  const router = useRouter();
  const toFailure = useIntakeFailure();
  const toLabel = useTargetLabel(custom);
  const [targets, setTargets] = useState(form.targets);
  const [news, setNews] = useState<{ words: string; isFailure: boolean }>();

  if (fields.length === 0) return <p className="text-13 text-ink-muted">{t("targets.empty")}</p>;
  const choose = (name: string, target: string) => {
    const others = Object.fromEntries(Object.entries(targets).filter(([other]) => other !== name));
    setTargets(target === "" ? others : { ...others, [name]: target });
    setNews(undefined);
  };
  const save = async () => {
    const answer = await callServer({ action: () => editTargets({ id: form.id, targets }) });
    setNews({ words: answer.ok ? t("saved") : toFailure(answer.code), isFailure: !answer.ok });
    if (answer.ok) router.refresh();
  };

  return (
    <div className="max-w-2xl">
      <p className="mb-3 text-13 text-ink-muted">{t("targets.hint")}</p>
      <ul className="rounded-panel border border-border bg-surface">
        {fields.map(({ name, example, own }) => (
          <li
            key={name}
            className="grid gap-x-4 gap-y-1 border-b border-border px-4 py-2 last:border-b-0 sm:grid-cols-2 sm:items-center"
          >
            <label htmlFor={`target-${name}`} translate="no" className="min-w-0 text-13">
              <span className="block truncate font-medium">{name}</span>
              <span className="block truncate font-mono text-12 text-ink-faint">{example}</span>
            </label>
            <select
              id={`target-${name}`}
              value={targets[name] ?? ""}
              onChange={(event) => choose(name, event.currentTarget.value)}
              className="h-11 w-full cursor-pointer rounded-control border border-border-strong bg-surface px-2 text-16 text-ink hover:border-ink-faint lg:h-9 lg:text-13"
            >
              <option value="">{t("targets.itself", { target: toLabel(own ?? "comment") })}</option>
              {[...leadFields, ...custom.map(({ key }) => `custom.${key}`), "ignored"].map((target) => (
                <option key={target} value={target}>
                  {toLabel(target)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button onClick={save}>{t("targets.save")}</Button>
        <p
          role="status"
          className={`text-13 font-medium ${news?.isFailure ? "text-needs-admin-ink" : "text-good-ink"}`}
        >
          {news?.words}
        </p>
      </div>
    </div>
  );
}

function useTargetLabel(custom: FormTargetsProps["custom"]) {
  const t = useTranslations();
  return (target: string): string => {
    if (target.startsWith("custom."))
      return custom.find(({ key }) => `custom.${key}` === target)?.label ?? target;
    if (target === "full" || target === "page" || target === "ignored") return t(`intake.targets.${target}`);
    const field = leadFields.find((one) => one === target);
    return field ? t(`lead.fields.${field}`) : target;
  };
}
