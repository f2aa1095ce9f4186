"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailureWords } from "@/components/connection/use-failure-words";
import { callServer, toFailureCode } from "@/components/server/call-server";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { chooseKommoUser } from "@/lib/routing/actions";

type KommoUserChoiceProps = {
  personId: string;
  choice: {
    users: { id: number; name: string }[] | null;
    chosen: number | null;
    byEmail: { id: number; name: string } | null;
  };
};

/** Which user of Kommo a person is: by the e-mail, unless an admin says otherwise. Saved as it is chosen. */
export function KommoUserChoice({ personId, choice: { users, chosen, byEmail } }: KommoUserChoiceProps) {
  const t = useTranslations("routing.person");
  const toWords = useFailureWords();
  const router = useRouter();
  const [answer, setAnswer] = useState<{ failure?: string }>();
  const save = async (text: string) => {
    const userId = text.trim() === "" ? null : Number(text);
    const code = await toFailureCode(callServer({ action: () => chooseKommoUser({ personId, userId }) }));
    setAnswer({ failure: code });
    if (!code) router.refresh();
  };
  const isListed = users?.some(({ id }) => id === chosen) ?? false;
  const note = {
    error: answer?.failure && toWords(answer.failure),
    hint: answer ? t("saved") : t("hint"),
  };
  if (!users)
    return (
      <Field
        id="kommo-user"
        className="max-w-lg"
        inputMode="numeric"
        label={t("userId")}
        defaultValue={chosen ?? ""}
        onBlur={({ target: { value } }) => void save(value)}
        {...note}
      />
    );
  return (
    <SelectField
      id="kommo-user"
      className="max-w-lg"
      label={t("user")}
      value={chosen ?? ""}
      onChange={({ target: { value } }) => void save(value)}
      {...note}
    >
      <option value="">{byEmail ? t("byEmail", { name: byEmail.name }) : t("nobody")}</option>
      {users.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {chosen !== null && !isListed && <option value={chosen}>{t("gone", { id: String(chosen) })}</option>}
    </SelectField>
  );
}
