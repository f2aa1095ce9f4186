"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { inTime } from "@/components/server/in-time";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { addPasskey, startPasskey } from "@/lib/second-factor/actions";
import { useFactorFailure } from "./use-factor-failure";

type PasskeySetUpProps = { onDone: (codes: string[]) => void; onCancel: () => void };

/** The browser makes the passkey and asks its person for a finger, a face or a key. */
export function PasskeySetUp({ onDone, onCancel }: PasskeySetUpProps) {
  const t = useTranslations("factor.passkeys");
  const people = useTranslations("people.problems");
  const toFailure = useFactorFailure();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<string>();

  const add = async (name: string): Promise<string | undefined> => {
    const started = await callServer({ action: () => startPasskey(undefined) });
    if (!started.ok) return started.code;
    const { startRegistration } = await inTime(import("@simplewebauthn/browser"));
    const answer = await startRegistration({ optionsJSON: started.value }).catch(() => undefined);
    if (!answer) return "passkey_refused";
    const added = await callServer({ action: () => addPasskey({ name, answer }) });
    if (added.ok) {
      onDone(added.value.codes);
      return undefined;
    }
    setError(added.fields?.name);
    if (added.fields?.name) return undefined;
    return added.fields?.passkey ?? added.code;
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = event.currentTarget.querySelector("input")?.value.trim() ?? "";
    if (isBusy) return;
    setError(name ? undefined : "name_missing");
    setFailure(undefined);
    if (!name) return;
    setBusy(true);
    setFailure(await add(name).catch(() => "failed"));
    setBusy(false);
  };

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-3">
      <Field
        id="passkey-name"
        label={t("name")}
        hint={t("nameHint")}
        error={error && people(people.has(error) ? error : "other")}
        defaultValue={t("defaultName")}
        maxLength={60}
        autoComplete="off"
        autoFocus
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" aria-disabled={isBusy}>
          {t(isBusy ? "adding" : "verb")}
        </Button>
        <Button look="secondary" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
      {failure && !isBusy && <Notice role="alert" {...toFailure(failure)} />}
    </form>
  );
}
