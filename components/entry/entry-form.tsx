"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { LeadInput } from "@/components/entry/fields/lead-input";
import { rememberMore } from "@/components/entry/fields/remember-more";
import { SourceField } from "@/components/entry/fields/source-field";
import { usePaste } from "@/components/entry/paste/use-paste";
import { stepOrSend } from "@/components/entry/shortcuts/enter-key";
import { SendKeys } from "@/components/entry/shortcuts/send-keys";
import { useFormKeys } from "@/components/entry/shortcuts/use-form-keys";
import { Button } from "@/components/ui/button";
import { useModule } from "@/components/ui/use-module";
import { type LeadField, moreFields, quickFields } from "@/lib/domain/lead/fields";
import { FormStatus } from "./form-status";
import { isProblem, type LeadFormOptions, useLeadForm } from "./use-entry-form";
import { useNotes } from "./use-notes";

const loadKnown = () => import("@/components/entry/duplicates/duplicate-hint");
const loadStrip = () => import("@/components/entry/paste/paste-strip");
const loadCustom = () => import("@/components/entry/fields/custom-fields");
const loadCorrection = () => import("./correction-line");
const loadNotice = () => import("./send-notice");
const loadLink = () => import("./link-line");
const loadWarning = () => import("@/components/entry/fields/field-warning");
const loadHelp = () => import("@/components/entry/shortcuts/key-help");

type LeadFormProps = LeadFormOptions & {
  sources: string[];
  isMoreOpen: boolean;
  serverNow: number;
};

export function LeadForm({ sources, serverNow, ...options }: LeadFormProps) {
  const t = useTranslations("lead");
  const { custom, defaultCountry: country } = options.rules;
  const entry = useLeadForm(options);
  const { form, more, progress, carrying } = entry;
  const { notes, check, accept } = useNotes(form, country, entry.current);
  const [isMoreOpen, setMoreOpen] = useState(options.isMoreOpen);
  const pasted = usePaste(form, {
    rules: options.rules,
    sources,
    prefill: carrying.prefill,
    onFilled: (filled) => {
      entry.showMore(filled);
      for (const field of filled) void check(field);
    },
  });
  const keys = useFormKeys({
    entry,
    notes,
    accept,
    sources,
    takeBack: pasted?.isFresh ? pasted.takeBack : undefined,
  });
  const { isTyping, isHelpOpen, setHelpOpen, chooseSource } = keys;
  const warning = useModule(loadWarning, isTyping);
  const strip = useModule(loadStrip, pasted !== undefined);
  const known = useModule(loadKnown, isTyping);
  const help = useModule(loadHelp, isHelpOpen);
  const link = useModule(loadLink, Object.keys(carrying.link).length > 0);
  const correction = useModule(loadCorrection, options.toCorrect !== undefined);
  // Before it is needed: then there may be no connection.
  const notice = useModule(loadNotice, isTyping || isProblem(progress));
  // What was typed into fields that have left the form shows itself there; what tells of a lost connection goes first.
  const customs = useModule(loadCustom, Boolean(custom.length || notice || options.toCorrect));

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void entry.submit();
  };
  const optional = custom.filter((field) => !field.required);
  const isLast = (field: LeadField) =>
    isMoreOpen
      ? optional.length === 0 && field === moreFields.at(-1)
      : optional.length === custom.length && field === quickFields.at(-1);
  const toMark = (field: LeadField) => (pasted?.filled.includes(field) ? t("pasted") : undefined);
  const toInput = (field: LeadField) => {
    const note = notes[field];
    return (
      <LeadInput
        key={field}
        form={form}
        field={field}
        isLast={isLast(field)}
        onLeave={check}
        mark={toMark(field)}
        warning={note && warning && <warning.FieldWarning note={note} onAccept={() => accept(field)} />}
      />
    );
  };

  return (
    <>
      <form
        // Pressed before the script is there, such a form stays put; any other would leave with what was typed.
        method="dialog"
        noValidate
        onSubmit={onSubmit}
        onKeyDown={stepOrSend}
        className="flex flex-col gap-2 md:gap-3"
      >
        {options.toCorrect && correction && (
          <correction.CorrectionLine lead={options.toCorrect} onCancel={entry.clear} />
        )}
        {link && <link.LinkLine link={carrying.link} onRemove={carrying.removeLink} />}
        {quickFields.map((field) =>
          field === "source" ? (
            <SourceField
              key={field}
              {...{ form, sources, carrying, serverNow }}
              isFree={options.rules.isFreeSource}
              isLast={isLast(field)}
              mark={toMark(field)}
              onChoose={chooseSource}
            />
          ) : (
            toInput(field)
          ),
        )}
        {pasted && strip && (
          <strip.PasteStrip
            {...{ form, pasted, custom }}
            onSwap={keys.swap}
            onPut={(field) => entry.showMore([field])}
          />
        )}
        <p role="status" id="paste-said" className="sr-only" />
        {customs && <customs.FirstFields form={form} rules={options.rules} />}
        <details
          ref={more}
          open={options.isMoreOpen}
          onToggle={(event) => setMoreOpen(event.currentTarget.open)}
          className="group/more"
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button to everybody but the rule. */}
          <summary
            onClick={() => rememberMore(!isMoreOpen)}
            className="inline-flex min-h-11 cursor-pointer items-center gap-1 rounded-control pr-2 font-medium text-accent-ink hover:underline lg:min-h-9"
          >
            <ChevronRight
              aria-hidden
              className="size-4 duration-150 ease-out motion-safe:transition-transform group-open/more:rotate-90"
            />
            {t("more")}
          </summary>
          <div className="grid gap-x-4 gap-y-2 pt-2 sm:grid-cols-2 md:gap-y-3">
            {moreFields.map(toInput)}
            {customs && <customs.CustomFields form={form} fields={optional} />}
          </div>
        </details>
        <div className="sticky bottom-14 z-10 -mx-4 flex flex-col gap-2 bg-background px-4 py-1 md:mx-0 md:px-0 lg:bottom-0 lg:flex-col-reverse short:bottom-0">
          {isProblem(progress) && !notice && (
            <p role="alert">
              {t(`sending.${progress}.title`)} {t(`sending.${progress}.body`)}
            </p>
          )}
          <div id="paste-narrow" className="empty:hidden" />
          {known && <known.DuplicateHint entry={entry} country={country} serverNow={serverNow} />}
          <div className="flex flex-wrap items-center">
            <Button
              type="submit"
              aria-keyshortcuts="Control+Enter Meta+Enter"
              className="w-full text-16 sm:w-auto sm:min-w-64 sm:text-14"
            >
              {t("submit")}
              <SendKeys />
            </Button>
            <FormStatus progress={progress} onBringBack={entry.bringBack} />
            <button
              type="button"
              onClick={() => setHelpOpen(true)}
              className="ml-auto hidden min-h-9 cursor-pointer items-center gap-1.5 rounded-control px-2 text-13 text-ink-muted hover:bg-sunken hover:text-ink sm:pointer-fine:inline-flex"
            >
              {t("keys")}
              <kbd aria-hidden className="font-sans text-12">
                ?
              </kbd>
            </button>
          </div>
        </div>
        {isProblem(progress) && notice && (
          <notice.SendNotice problem={progress} onAgain={entry.submitAgain} />
        )}
      </form>
      {help && isHelpOpen && <help.KeyHelp onClose={() => setHelpOpen(false)} />}
    </>
  );
}
