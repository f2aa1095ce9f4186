"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import type { Found } from "@/components/entry/duplicates/to-field-hint";
import { CommentField } from "@/components/entry/fields/comment-field";
import { FormBlocks } from "@/components/entry/fields/form-blocks";
import { LeadInput } from "@/components/entry/fields/lead-input";
import { chooseSource } from "@/components/entry/fields/set-values";
import { SourceField } from "@/components/entry/fields/source-field";
import { useFilledHidden } from "@/components/entry/fields/use-removed-fields";
import { SendKeys } from "@/components/entry/shortcuts/send-keys";
import { stepOrSend } from "@/components/entry/shortcuts/step-or-send";
import { useFormShortcuts } from "@/components/entry/shortcuts/use-form-shortcuts";
import { Button } from "@/components/ui/button";
import { useModule } from "@/components/ui/use-module";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { FormField, FormFields } from "@/lib/domain/mapping/schema";
import type { EntryState } from "./entry-state";
import { FormStatus } from "./form-status";
import { loadDuplicates, loadParts, loadPaste, loadPeople } from "./lazy/load";
import { type EntryOptions, useEntry } from "./use-entry";

export function EntryForm({ serverNow, ...options }: EntryOptions & { serverNow: number }) {
  const t = useTranslations("lead");
  const { sources } = options;
  const { form, state, dispatch, acts } = useEntry(options);
  const { phase, rules, correcting, prefill } = state;
  useFormShortcuts({ form, state, dispatch, sources, acts });
  const parts = useModule(loadParts, needsParts(state));
  const paste = useModule(loadPaste, state.paste !== undefined || state.leftovers.length > 0);
  const people = useModule(loadPeople, state.people.length > 0);
  const duplicates = useModule(loadDuplicates, state.hasInput);
  const [found, setFound] = useState<Found>();

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    // Enter in the last field has no button.
    void (event.nativeEvent.submitter ? acts.submit() : acts.submitByKey());
  };
  const filledHidden = useFilledHidden(form, rules.hidden);
  const isOnForm = (field: LeadField) => !rules.hidden.includes(field) || filledHidden.includes(field);
  const last = toLastField(rules, state.isMoreOpen, isOnForm);
  const pasted = state.paste?.filled ?? [];
  const toMark = (field: LeadField) => (pasted.includes(field) ? t("pasted") : undefined);
  const toHint = (field: LeadField) => {
    if (rules.unsent.includes(field)) return t("staysHere");
    return field === rules.start && !state.hasInput && !correcting ? t("hints.paste") : undefined;
  };
  const toInput = (field: LeadField) => {
    if (field === "source") return sourceField;
    if (field === "comment") {
      return <CommentField form={form} rules={rules} mark={toMark(field)} hint={toHint(field)} />;
    }
    const note = state.notes[field];
    const warning = note && parts && <parts.FieldWarning note={note} onAccept={() => acts.accept(field)} />;
    const mark = toMark(field);
    const below = found && duplicates?.hintedFields.includes(field) && (
      <duplicates.DuplicateHint
        {...{ form, field, found, state, dispatch, serverNow }}
        onReason={(reason) => void acts.submitAnyway(reason)}
      />
    );
    return (
      <LeadInput
        {...{ form, rules, field, mark, warning, below }}
        hint={toHint(field)}
        isLast={field === last}
        onLeave={acts.check}
      />
    );
  };
  const toCustomInputs = (fields: FormField[]) =>
    parts && <parts.CustomFields {...{ form, rules, fields, pasted }} />;
  const toStrip = (at: "narrow" | "wide") =>
    paste && <paste.PasteStrip {...{ at, form, state, dispatch, acts }} />;

  const sourceField = (
    <SourceField
      {...{ form, rules, sources, prefill, acts, serverNow }}
      isLast={last === "source"}
      mark={toMark("source")}
      note={toHint("source")}
      onChoose={(source) => chooseSource(form, source)}
    />
  );
  const help = parts && state.isHelpOpen && (
    <parts.ShortcutHelp onClose={() => dispatch({ type: "help_set", isOpen: false })} />
  );
  const link = parts && <parts.LinkLine link={prefill.link} onRemove={acts.removeLink} />;
  const required = parts && <parts.FirstFields form={form} rules={rules} pasted={pasted} />;

  if (people && state.people.length > 0) {
    return (
      <>
        <people.PeopleGrid
          {...{ form, state, dispatch, acts, serverNow, toInput, toCustomInputs }}
          personId={options.personId}
          onSaved={options.onSaved}
        >
          {link}
          {isOnForm("source") && sourceField}
          {required}
        </people.PeopleGrid>
        {help}
      </>
    );
  }
  return (
    <>
      <form
        // Pressed before the script is there, such a form stays put; any other would leave with what was typed.
        method="dialog"
        noValidate
        onSubmit={onSubmit}
        onKeyDown={stepOrSend}
        className="flex flex-col gap-(--row-gap)"
      >
        {duplicates && (
          <duplicates.DuplicateLookup form={form} country={rules.defaultCountry} onFound={setFound} />
        )}
        {correcting && parts && <parts.CorrectionLine form={form} lead={correcting} onCancel={acts.clear} />}
        {link}
        <FormBlocks
          {...{ rules, isOnForm, toInput, toCustomInputs, required, dispatch }}
          isMoreOpen={state.isMoreOpen}
          strip={toStrip("wide")}
        >
          <p role="status" className="sr-only">
            {paste && <paste.PasteNews state={state} />}
          </p>
        </FormBlocks>
        <div className="send-bar flex flex-col gap-2 lg:flex-col-reverse">
          {phase.name === "problem" && !parts && (
            <p role="alert">
              {t(`sending.${phase.problem}.title`)} {t(`sending.${phase.problem}.body`)}
            </p>
          )}
          {toStrip("narrow")}
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
              className="key-help"
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
      {help}
    </>
  );
}

/** With the first input, before a problem has to be told: then there may be no connection. */
function needsParts(state: EntryState): boolean {
  const { hasInput, phase, correcting, rules, prefill, isHelpOpen } = state;
  const isAtOnce =
    correcting !== undefined ||
    rules.custom.length > 0 ||
    rules.consent !== undefined ||
    Object.keys(prefill.link).length > 0;
  return isAtOnce || hasInput || phase.name === "problem" || isHelpOpen;
}

/** The one that Enter sends from: the comment is passed by, and the admin's fields come after ours. */
function toLastField(
  { first, more, custom }: FormFields,
  isMoreOpen: boolean,
  isOnForm: (field: LeadField) => boolean,
): LeadField | undefined {
  const fields = isMoreOpen ? more : first;
  const isAfter = ({ own, required }: FormField) =>
    own ? fields.includes(own.field) : required !== isMoreOpen;
  return !custom.some(isAfter)
    ? fields.findLast((field) => field !== "comment" && isOnForm(field))
    : undefined;
}
