"use client";

import { useTranslations } from "next-intl";
import { callServer } from "@/components/server/call-server";
import { inTime } from "@/components/server/in-time";
import { addPasskey, startPasskey } from "@/lib/second-factor/actions";
import type { Refused } from "./factor-form";
import { PasskeyForm } from "./passkey-form";

type PasskeySetUpProps = { onDone: (codes: string[]) => void; onCancel: () => void };

/** The browser makes the passkey and asks its person for a finger, a face or a key. */
export function PasskeySetUp({ onDone, onCancel }: PasskeySetUpProps) {
  const t = useTranslations("factor.passkeys");

  const add = async (typed: string): Promise<Refused | undefined> => {
    const name = typed.trim();
    if (!name) return { error: "name_missing" };
    const started = await callServer({ action: () => startPasskey(undefined) });
    if (!started.ok) return { failure: started.code };
    const { startRegistration } = await inTime(import("@simplewebauthn/browser"));
    const answer = await startRegistration({ optionsJSON: started.value }).catch(() => undefined);
    if (!answer) return { failure: "passkey_refused" };
    const added = await callServer({ action: () => addPasskey({ name, answer }) });
    if (!added.ok) {
      const { name: error, passkey = added.code } = added.fields ?? {};
      return error ? { error } : { failure: passkey };
    }
    onDone(added.value.codes);
    return undefined;
  };

  return (
    <PasskeyForm
      name={t("defaultName")}
      verb={t("verb")}
      busy={t("adding")}
      onSubmit={add}
      onCancel={onCancel}
    />
  );
}
