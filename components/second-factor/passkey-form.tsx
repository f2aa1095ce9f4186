"use client";

import { useTranslations } from "next-intl";
import { FactorForm, type Refused } from "./factor-form";

type PasskeyFormProps = {
  name: string;
  verb: string;
  busy: string;
  onSubmit: (name: string) => Promise<Refused | undefined>;
  onCancel: () => void;
};

/** Asks for a passkey's name, by which its person knows it again. */
export function PasskeyForm({ name, verb, busy, onSubmit, onCancel }: PasskeyFormProps) {
  const t = useTranslations("factor.passkeys");
  const problems = useTranslations("people.problems");
  return (
    <FactorForm
      field={{
        id: "passkey-name",
        label: t("name"),
        hint: t("nameHint"),
        defaultValue: name,
        maxLength: 60,
        autoComplete: "off",
      }}
      toError={(key) => problems(problems.has(key) ? key : "other")}
      words={{ verb, busy, cancel: t("cancel") }}
      onSubmit={onSubmit}
      onCancel={onCancel}
    />
  );
}
