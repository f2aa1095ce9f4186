"use client";

import { type ComponentProps, type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useFactorFailure } from "./use-factor-failure";

/** `error`: of the field, as a key; `failure`: the code of another. */
export type Refused = { error?: string; failure?: string };

type FactorFormProps = {
  field: Omit<ComponentProps<typeof Field>, "error">;
  toError: (key: string) => string;
  words: { verb: string; busy: string; cancel: string };
  /** Undefined: it is done. */
  onSubmit: (typed: string) => Promise<Refused | undefined>;
  onCancel: () => void;
  children?: ReactNode;
};

/** One field, what sends it, and what gives it up. */
export function FactorForm({ field, toError, words, onSubmit, onCancel, children }: FactorFormProps) {
  const toFailure = useFactorFailure();
  const [isBusy, setBusy] = useState(false);
  const [{ error, failure }, setRefused] = useState<Refused>({});

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = event.currentTarget.querySelector("input");
    if (isBusy) return;
    setBusy(true);
    const refused = await onSubmit(input?.value ?? "").catch(() => ({ failure: "failed" }));
    setBusy(false);
    setRefused(refused ?? {});
    if (refused) input?.select();
  };

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-3">
      {children}
      <Field {...field} error={error && toError(error)} autoFocus />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" aria-disabled={isBusy}>
          {isBusy ? words.busy : words.verb}
        </Button>
        <Button look="secondary" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
      {failure && !isBusy && <Notice role="alert" {...toFailure(failure)} />}
    </form>
  );
}
