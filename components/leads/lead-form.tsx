"use client";

import { Check, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { moreFields, quickFields } from "@/lib/leads/schema";
import type { FormFields } from "@/lib/mapping/schema";
import { CustomFields } from "./custom-fields";
import { stepOrSend } from "./enter-key";
import { LeadInput } from "./lead-input";
import { SendKeys } from "./send-keys";
import { SendNotice } from "./send-notice";
import { isProblem, useLeadForm } from "./use-lead-form";

type LeadFormProps = { personId: string; rules: FormFields };

export function LeadForm({ personId, rules }: LeadFormProps) {
  const t = useTranslations("lead");
  const { form, more, progress, submit, submitAgain } = useLeadForm(personId, rules);
  const required = rules.custom.filter((field) => field.required);
  const optional = rules.custom.filter((field) => !field.required);
  const [isMoreOpen, setMoreOpen] = useState(false);

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void submit();
  };

  return (
    <form
      // Pressed before the script is there, such a form stays put; any other would leave with what was typed.
      method="dialog"
      noValidate
      onSubmit={onSubmit}
      onKeyDown={stepOrSend}
      className="flex flex-col gap-2 md:gap-3"
    >
      {quickFields.map((field) => (
        <LeadInput
          key={field}
          form={form}
          field={field}
          isLast={!isMoreOpen && required.length === 0 && field === quickFields.at(-1)}
        />
      ))}
      <CustomFields form={form} fields={required} />
      <details ref={more} onToggle={(event) => setMoreOpen(event.currentTarget.open)} className="group/more">
        <summary className="inline-flex min-h-11 cursor-pointer items-center gap-1 rounded-control pr-2 font-medium text-accent-ink hover:underline lg:min-h-9">
          <ChevronRight
            aria-hidden
            className="size-4 duration-150 ease-out motion-safe:transition-transform group-open/more:rotate-90"
          />
          {t("more")}
        </summary>
        <div className="grid gap-x-4 gap-y-2 pt-2 sm:grid-cols-2 md:gap-y-3">
          {moreFields.map((field) => (
            <LeadInput
              key={field}
              form={form}
              field={field}
              isLast={optional.length === 0 && field === moreFields.at(-1)}
            />
          ))}
          <CustomFields form={form} fields={optional} />
        </div>
      </details>
      <div className="sticky bottom-14 z-10 -mx-4 bg-background px-4 py-1 md:mx-0 md:px-0 lg:static short:bottom-0">
        <Button
          type="submit"
          aria-keyshortcuts="Control+Enter Meta+Enter"
          className="w-full text-16 sm:w-auto sm:min-w-64 sm:text-14"
        >
          {t("submit")}
          <SendKeys />
        </Button>
        <p
          role="status"
          className="text-12 font-medium text-good-ink max-sm:absolute max-sm:right-4 max-sm:bottom-full sm:ml-3 sm:inline"
        >
          {(progress === "saving" || progress === "saved") && (
            <span className="inline-flex items-center gap-1 rounded-control bg-good-tint px-2 py-1">
              {progress === "saved" && <Check aria-hidden className="size-3.5" />}
              {t(progress)}
            </span>
          )}
        </p>
      </div>
      {isProblem(progress) && <SendNotice problem={progress} onAgain={submitAgain} />}
    </form>
  );
}
