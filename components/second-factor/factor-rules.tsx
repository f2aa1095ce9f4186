"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Notice } from "@/components/ui/notice";
import { type Role, roles } from "@/lib/people/schema";
import { saveFactorRules } from "@/lib/second-factor/actions";
import type { FactorRules as Rules } from "@/lib/second-factor/schema";
import { useFactorFailure } from "./use-factor-failure";

type FactorRulesProps = { rules: Rules; hasSignOn: boolean };

/** Which roles must have a second factor. */
export function FactorRules({ rules, hasSignOn }: FactorRulesProps) {
  const t = useTranslations();
  const { refresh } = useRouter();
  const toFailure = useFactorFailure();
  const [required, setRequired] = useState<readonly string[]>(rules.roles);
  const [afterSignOn, setAfterSignOn] = useState(rules.afterSignOn);
  const [isBusy, setBusy] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [failure, setFailure] = useState<string>();

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    const chosen = roles.filter((role): role is Role => required.includes(role));
    const answer = await callServer({ action: () => saveFactorRules({ roles: chosen, afterSignOn }) });
    setBusy(false);
    setSaved(answer.ok);
    if (answer.ok) refresh();
    else setFailure(answer.code);
  };

  return (
    <form method="dialog" noValidate onSubmit={save} className="max-w-lg">
      <ChoiceGroup
        id="factor-roles"
        kind="several"
        label={t("factor.rules.label")}
        hint={t("factor.rules.hint")}
        choices={roles.map((role) => ({ value: role, label: t(`people.roles.${role}`) }))}
        chosen={required}
        onChoose={(chosen) => {
          setSaved(false);
          setRequired(chosen);
        }}
      />
      {hasSignOn && (
        <CheckBox
          id="factor-sign-on"
          label={t("factor.rules.afterSignOn")}
          note={t("factor.rules.afterSignOnNote")}
          checked={afterSignOn}
          onChange={(event) => {
            setSaved(false);
            setAfterSignOn(event.currentTarget.checked);
          }}
        />
      )}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button type="submit" look="secondary" aria-disabled={isBusy}>
          {t("people.save")}
        </Button>
        <p role="status" className="text-12 font-medium text-good-ink">
          {isBusy ? t("people.saving") : isSaved && t("people.saved")}
        </p>
      </div>
      {failure && !isBusy && (
        <div className="mt-3">
          <Notice role="alert" {...toFailure(failure)} />
        </div>
      )}
    </form>
  );
}
