import { useTranslations } from "next-intl";
import type { LeadForm } from "@/components/entry/typed-lead";
import { CheckBox } from "@/components/ui/check-box";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { toInputId } from "./inputs";
import { useProblem } from "./use-problem";
import { useValue } from "./use-value";

type ConsentBoxProps = {
  form: LeadForm;
  rules: FormFields;
  consent: NonNullable<FormFields["consent"]>;
};

/** What the person at the other end has to agree to, anew with each lead. */
export function ConsentBox({ form, rules, consent: { version, text } }: ConsentBoxProps) {
  const t = useTranslations("lead");
  const toProblem = useProblem(rules);
  const chosen = useValue(form, ({ consent_version }) => consent_version ?? null);
  const error = toProblem(form.formState.errors.consent_version?.message);
  const choose = (isChosen: boolean) => {
    form.clearErrors("consent_version");
    form.setValue("consent_version", isChosen ? version : undefined);
  };
  return (
    <div className="sm:col-span-2">
      <CheckBox
        id={toInputId("consent_version")}
        label={text}
        note={error ?? t("hints.consent")}
        isWrong={error !== undefined}
        checked={chosen !== null}
        onChange={(event) => choose(event.target.checked)}
      />
    </div>
  );
}
