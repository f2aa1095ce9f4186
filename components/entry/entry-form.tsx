"use client";

import { useTranslations } from "next-intl";
import type { SubmitEvent } from "react";
import { LeadInput } from "@/components/entry/fields/lead-input";
import { MoreFields } from "@/components/entry/fields/more-fields";
import { chooseSource } from "@/components/entry/fields/set-values";
import { SourceField } from "@/components/entry/fields/source-field";
import { SendKeys } from "@/components/entry/shortcuts/send-keys";
import { stepOrSend } from "@/components/entry/shortcuts/step-or-send";
import { useFormShortcuts } from "@/components/entry/shortcuts/use-form-shortcuts";
import { Button } from "@/components/ui/button";
import { useModule } from "@/components/ui/use-module";
import { type LeadField, moreFields, quickFields } from "@/lib/domain/lead/fields";
import type { EntryState } from "./entry-state";
import { FormStatus } from "./form-status";
import { loadDuplicates, loadParts, loadPaste } from "./lazy/load";
import { type EntryOptions, useEntry } from "./use-entry";

export function EntryForm({ serverNow, ...options }: EntryOptions & { serverNow: number }) {
  const t = useTranslations("lead");
  const { sources } = options;
  const { form, state, dispatch, acts } = useEntry(options);
  const { phase, rules, correcting, prefill } = state;
  useFormShortcuts({ form, state, dispatch, sources, acts });
  const parts = useModule(loadParts, needsParts(state));
  const paste = useModule(loadPaste, state.paste !== undefined || state.leftovers.length > 0);
  const duplicates = useModule(loadDuplicates, state.hasInput);

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void acts.submit();
  };
  const optional = rules.custom.filter((field) => !field.required);
  const isLast = (field: LeadField) =>
    state.isMoreOpen
      ? optional.length === 0 && field === moreFields.at(-1)
      : optional.length === rules.custom.length && field === quickFields.at(-1);
  const toMark = (field: LeadField) => (state.paste?.filled.includes(field) ? t("pasted") : undefined);
  const toInput = (field: LeadField) => {
    const note = state.notes[field];
    const warning = note && parts && <parts.FieldWarning note={note} onAccept={() => acts.accept(field)} />;
    const mark = toMark(field);
    return (
      <LeadInput
        key={field}
        {...{ form, field, mark, warning }}
        isLast={isLast(field)}
        onLeave={acts.check}
      />
    );
  };
  const toStrip = (at: "narrow" | "wide") =>
    paste && <paste.PasteStrip {...{ at, form, state, dispatch }} onUndo={acts.undoPaste} />;

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
        {correcting && parts && <parts.CorrectionLine lead={correcting} onCancel={acts.clear} />}
        {parts && <parts.LinkLine link={prefill.link} onRemove={acts.removeLink} />}
        {quickFields.map((field) =>
          field === "source" ? (
            <SourceField
              key={field}
              {...{ form, sources, prefill, acts, serverNow }}
              isFree={rules.isFreeSource}
              isLast={isLast(field)}
              mark={toMark(field)}
              onChoose={(source) => chooseSource(form, source)}
            />
          ) : (
            toInput(field)
          ),
        )}
        {toStrip("wide")}
        <p role="status" className="sr-only">
          {paste && <paste.PasteNews state={state} />}
        </p>
        {parts && <parts.FirstFields form={form} rules={rules} />}
        <MoreFields isOpen={state.isMoreOpen} dispatch={dispatch}>
          {moreFields.map(toInput)}
          {parts && <parts.CustomFields form={form} fields={optional} />}
        </MoreFields>
        <div className="sticky bottom-14 z-10 -mx-4 flex flex-col gap-2 bg-background px-4 py-1 md:mx-0 md:px-0 lg:bottom-0 lg:flex-col-reverse short:bottom-0">
          {phase.name === "problem" && !parts && (
            <p role="alert">
              {t(`sending.${phase.problem}.title`)} {t(`sending.${phase.problem}.body`)}
            </p>
          )}
          {toStrip("narrow")}
          {duplicates && (
            <duplicates.DuplicateHint
              {...{ form, state, dispatch, serverNow }}
              onReason={(reason) => void acts.submitAnyway(reason)}
            />
          )}
          <div className="flex flex-wrap items-center">
            <Button
              type="submit"
              aria-keyshortcuts="Control+Enter Meta+Enter"
              className="w-full text-16 sm:w-auto sm:min-w-64 sm:text-14"
            >
              {t("submit")}
              <SendKeys />
            </Button>
            <FormStatus phase={phase} onBringBack={acts.bringBack} />
            <button
              type="button"
              onClick={() => dispatch({ type: "help_set", isOpen: true })}
              className="ml-auto hidden min-h-9 cursor-pointer items-center gap-1.5 rounded-control px-2 text-13 text-ink-muted hover:bg-sunken hover:text-ink sm:pointer-fine:inline-flex"
            >
              {t("keys")}
              <kbd aria-hidden className="font-sans text-12">
                ?
              </kbd>
            </button>
          </div>
        </div>
        {phase.name === "problem" && parts && (
          <parts.SendNotice problem={phase.problem} onAgain={acts.submitAgain} />
        )}
      </form>
      {parts && state.isHelpOpen && (
        <parts.ShortcutHelp onClose={() => dispatch({ type: "help_set", isOpen: false })} />
      )}
    </>
  );
}

/** With the first input, before a problem has to be told: then there may be no connection. */
function needsParts(state: EntryState): boolean {
  const { hasInput, phase, correcting, rules, prefill, isHelpOpen } = state;
  const isAtOnce =
    correcting !== undefined || rules.custom.length > 0 || Object.keys(prefill.link).length > 0;
  return isAtOnce || hasInput || phase.name === "problem" || isHelpOpen;
}
