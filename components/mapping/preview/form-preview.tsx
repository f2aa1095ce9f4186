"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { CommentField } from "@/components/entry/fields/comment-field";
import { CustomFields, FirstFields } from "@/components/entry/fields/custom-fields";
import { FormBlocks } from "@/components/entry/fields/form-blocks";
import { LeadInput } from "@/components/entry/fields/lead-input";
import { SourceField } from "@/components/entry/fields/source-field";
import { newLead, type TypedLead, withCustom } from "@/components/entry/typed-lead";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { toForm } from "@/lib/domain/mapping/form/to-form";
import type { FormFields as FormRules, Mapping } from "@/lib/domain/mapping/schema";

type FormPreviewProps = { mapping: Mapping; catalogue: Catalogue; serverNow: number };

const nothing = () => undefined;

/** The draft's form, made of the parts of the real one. It is only to be looked at. */
export function FormPreview({ mapping, catalogue, serverNow }: FormPreviewProps) {
  const t = useTranslations("mapping.formPreview");
  const rules = useMemo(() => toForm(mapping, findDrift(mapping, catalogue)), [mapping, catalogue]);
  return (
    <section aria-labelledby="form-preview" className="rounded-panel border border-border bg-surface p-4">
      <h3 id="form-preview" className="font-semibold">
        {t("title")}
      </h3>
      <p className="mt-1 text-13 text-ink-muted">{t("hint")}</p>
      <div
        inert
        className="mt-3 flex max-w-[35rem] flex-col gap-(--row-gap) rounded-control bg-background p-4"
      >
        {/* A form has all its fields from its start. */}
        <EmptyForm key={rules.custom.map(({ key }) => key).join(" ")} rules={rules} serverNow={serverNow} />
      </div>
    </section>
  );
}

function EmptyForm({ rules, serverNow }: { rules: FormRules; serverNow: number }) {
  const t = useTranslations("lead");
  const [defaultValues] = useState(() => withCustom(newLead(), rules));
  const form = useForm<TypedLead>({ defaultValues });
  const toHint = (field: LeadField) => {
    if (rules.unsent.includes(field)) return t("staysHere");
    return field === rules.start ? t("hints.paste") : undefined;
  };
  const toInput = (field: LeadField) => {
    const shared = { form, rules, hint: toHint(field) };
    if (field === "comment") return <CommentField {...shared} />;
    if (field !== "source") return <LeadInput {...shared} field={field} isLast={false} />;
    return (
      <SourceField
        {...{ form, rules, serverNow }}
        sources={rules.sources.map(({ name }) => name)}
        prefill={{ link: {} }}
        acts={{ renewSource: nothing, forgetSource: nothing }}
        note={toHint(field)}
        isLast={false}
        onChoose={nothing}
      />
    );
  };
  return (
    <FormBlocks
      {...{ rules, toInput }}
      toCustomInputs={(fields) => <CustomFields {...{ form, rules, fields }} pasted={[]} />}
      isOnForm={(field) => !rules.hidden.includes(field)}
      required={<FirstFields form={form} rules={rules} pasted={[]} />}
      isMoreOpen
      dispatch={nothing}
    />
  );
}
