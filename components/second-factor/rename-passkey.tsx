"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { renamePasskey } from "@/lib/second-factor/actions";
import { useFactorFailure } from "./use-factor-failure";

type RenamePasskeyProps = {
  passkey: { id: string; name: string };
  onDone: () => void;
  onCancel: () => void;
};

export function RenamePasskey({ passkey, onDone, onCancel }: RenamePasskeyProps) {
  const t = useTranslations("factor.passkeys");
  const people = useTranslations("people.problems");
  const toFailure = useFactorFailure();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<string>();

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = event.currentTarget.querySelector("input")?.value ?? "";
    if (isBusy) return;
    setBusy(true);
    const answer = await callServer({ action: () => renamePasskey({ id: passkey.id, name }) });
    setBusy(false);
    if (answer.ok) return onDone();
    const wrong = answer.fields?.name;
    setError(wrong);
    setFailure(wrong ? undefined : answer.code);
  };

  return (
    <form method="dialog" noValidate onSubmit={save} className="flex flex-col gap-3">
      <Field
        id="passkey-name"
        label={t("name")}
        hint={t("nameHint")}
        error={error && people(people.has(error) ? error : "other")}
        defaultValue={passkey.name}
        maxLength={60}
        autoComplete="off"
        autoFocus
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" aria-disabled={isBusy}>
          {t(isBusy ? "rename.saving" : "rename.save")}
        </Button>
        <Button look="secondary" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
      {failure && !isBusy && <Notice role="alert" {...toFailure(failure)} />}
    </form>
  );
}
