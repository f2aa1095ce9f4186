"use client";

import type { LeadForm } from "@/components/entry/typed-lead";
import { TextArea } from "@/components/ui/text-area";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { toInputId } from "./inputs";
import { toTakeOver } from "./take-over";
import { useMarkedLabel } from "./use-input-label";
import { useProblem } from "./use-problem";

type CommentFieldProps = { form: LeadForm; rules: FormFields; mark?: string; hint?: string };

/** One line that grows with its text. Enter from the fields before it passes it by: most leads have none. */
export function CommentField({ form, rules, mark, hint }: CommentFieldProps) {
  const toLabel = useMarkedLabel(rules);
  const toProblem = useProblem(rules);
  const { ref, ...registration } = form.register("comment");
  return (
    <TextArea
      id={toInputId("comment")}
      label={toLabel("comment")}
      error={toProblem(form.formState.errors.comment?.message)}
      mark={mark}
      hint={hint}
      rows={1}
      autoComplete="off"
      aria-required={rules.required.includes("comment")}
      aria-keyshortcuts="Alt+C"
      {...registration}
      ref={toTakeOver(form, "comment", ref)}
    />
  );
}
