"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { addForm, editForm } from "@/lib/intake/actions";
import { type NewForm, newFormSchema } from "@/lib/intake/schema";
import { type Choice, ShownFields, toShown } from "./shown-fields";
import { useIntakeFailure } from "./use-intake-failure";

type FormSettingsProps = {
  /** Undefined for a new form. */
  form?: {
    id: string;
    name: string;
    origins: string[];
    thanks: string | null;
    asksToken: boolean;
    asksProof: boolean;
    asksConsent: boolean;
    shown: string[] | null;
  };
  /** What the public form can ask for; a new form starts with the standard ones. */
  choices?: Choice[];
  hasConsentText: boolean;
};

type Wrong = Partial<Record<keyof NewForm, string>>;

/** Name, sites and thank-you address, of a new form or of one that is there. */
export function FormSettings({ form, choices = [], hasConsentText }: FormSettingsProps) {
  const t = useTranslations("intake");
  const router = useRouter();
  const toFailure = useIntakeFailure();
  const [wrong, setWrong] = useState<Wrong>({});
  const [news, setNews] = useState<{ words: string; isFailure?: true }>();
  const [isBusy, setBusy] = useState(false);

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const element = event.currentTarget;
    const typed = readTyped(new FormData(element), choices);
    const parsed = newFormSchema.safeParse(typed);
    const problems = Object.fromEntries(
      (parsed.error?.issues ?? []).map((issue) => [String(issue.path[0]), issue.message]),
    );
    setWrong(problems);
    setNews(undefined);
    if (!parsed.success) {
      element.querySelector<HTMLElement>(`[name=${Object.keys(problems)[0]}]`)?.focus();
      return;
    }
    setBusy(true);
    const answer = form
      ? await callServer({ action: () => editForm({ ...typed, id: form.id }) })
      : await callServer({ action: () => addForm(typed) });
    setBusy(false);
    if (!answer.ok) return setNews({ words: toFailure(answer.code), isFailure: true });
    if (form) {
      setNews({ words: t("saved") });
      router.refresh();
    } else if (typeof answer.value === "object" && answer.value && "id" in answer.value) {
      router.push(`/admin/intake/${answer.value.id}`);
    }
  };
  const toProblem = (field: keyof NewForm) => {
    const problem = wrong[field];
    return problem && t(t.has(`problems.${problem}`) ? `problems.${problem}` : "problems.too_long");
  };

  return (
    <form noValidate method="dialog" onSubmit={save} className="flex max-w-lg flex-col gap-(--row-gap)">
      <Field
        id="form-name"
        name="name"
        label={t("fields.name")}
        hint={t("hints.name")}
        error={toProblem("name")}
        defaultValue={form?.name}
        maxLength={120}
        autoComplete="off"
      />
      <TextArea
        id="form-origins"
        name="origins"
        label={t("fields.origins")}
        hint={t("hints.origins")}
        error={toProblem("origins")}
        defaultValue={form?.origins.join("\n")}
        spellCheck={false}
        autoComplete="off"
      />
      <Field
        id="form-thanks"
        name="thanks"
        type="url"
        label={t("fields.thanks")}
        hint={t("hints.thanks")}
        error={toProblem("thanks")}
        defaultValue={form?.thanks ?? ""}
        autoComplete="off"
      />
      <CheckBox
        id="form-token"
        name="asksToken"
        label={t("fields.asksToken")}
        note={t("hints.asksToken")}
        defaultChecked={form?.asksToken}
      />
      <CheckBox
        id="form-proof"
        name="asksProof"
        label={t("fields.asksProof")}
        note={t("hints.asksProof")}
        defaultChecked={form?.asksProof}
      />
      <CheckBox
        id="form-consent"
        name="asksConsent"
        label={t("fields.asksConsent")}
        note={t(hasConsentText ? "hints.asksConsent" : "hints.noConsentText")}
        defaultChecked={form?.asksConsent}
      />
      {form && <ShownFields choices={choices} shown={form.shown} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" aria-disabled={isBusy}>
          {t(form ? "save" : "add")}
        </Button>
        <p
          role="status"
          className={`text-13 font-medium ${news?.isFailure ? "text-needs-admin-ink" : "text-good-ink"}`}
        >
          {news?.words}
        </p>
      </div>
    </form>
  );
}

function readTyped(data: FormData, choices: Choice[]): NewForm {
  const read = (name: string) => String(data.get(name) ?? "");
  const origins = read("origins").split(/[\s,]+/);
  return {
    ...{ name: read("name"), thanks: read("thanks"), asksToken: data.has("asksToken") },
    ...{ asksProof: data.has("asksProof"), asksConsent: data.has("asksConsent") },
    shown: toShown(data.getAll("shown").map(String), choices),
    origins: origins.filter((origin) => origin !== ""),
  };
}
