import { Fragment, type ReactNode } from "react";
import type { Dispatch } from "@/components/entry/entry-state";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { FormField, FormFields } from "@/lib/domain/mapping/schema";
import { MoreFields } from "./more-fields";

type FormBlocksProps = {
  rules: FormFields;
  isOnForm: (field: LeadField) => boolean;
  toInput: (field: LeadField) => ReactNode;
  toCustomInputs: (fields: FormField[]) => ReactNode;
  /** The admin's fields that are always in sight. */
  required: ReactNode;
  /** About a paste: above the comment, if that is the last. */
  strip?: ReactNode;
  isMoreOpen: boolean;
  dispatch: Dispatch;
  children?: ReactNode;
};

/** The inputs in their order: the first block, then *More*. */
export function FormBlocks({
  rules: { first, more, custom },
  isOnForm,
  toInput,
  toCustomInputs,
  required,
  strip,
  isMoreOpen,
  dispatch,
  children,
}: FormBlocksProps) {
  const toPart = (field: LeadField) => (
    <Fragment key={field}>
      {isOnForm(field) && toInput(field)}
      {toCustomInputs(custom.filter(({ own }) => own?.field === field))}
    </Fragment>
  );
  const hasTail = first.at(-1) === "comment";
  return (
    <>
      {(hasTail ? first.slice(0, -1) : first).map(toPart)}
      {strip}
      {hasTail && toPart("comment")}
      {children}
      {required}
      <MoreFields isOpen={isMoreOpen} dispatch={dispatch}>
        {more.map(toPart)}
        {toCustomInputs(custom.filter((field) => !field.own && !field.required))}
      </MoreFields>
    </>
  );
}
