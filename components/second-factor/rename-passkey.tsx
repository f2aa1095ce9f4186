"use client";

import { useTranslations } from "next-intl";
import { callServer } from "@/components/server/call-server";
import { renamePasskey } from "@/lib/second-factor/actions";
import type { Refused } from "./factor-form";
import { PasskeyForm } from "./passkey-form";

type RenamePasskeyProps = {
  passkey: { id: string; name: string };
  onDone: () => void;
  onCancel: () => void;
};

export function RenamePasskey({ passkey, onDone, onCancel }: RenamePasskeyProps) {
  const t = useTranslations("factor.passkeys.rename");

  const save = async (name: string): Promise<Refused | undefined> => {
    const answer = await callServer({ action: () => renamePasskey({ id: passkey.id, name }) });
    if (!answer.ok) return answer.fields?.name ? { error: answer.fields.name } : { failure: answer.code };
    onDone();
    return undefined;
  };

  return (
    <PasskeyForm
      name={passkey.name}
      verb={t("save")}
      busy={t("saving")}
      onSubmit={save}
      onCancel={onCancel}
    />
  );
}
