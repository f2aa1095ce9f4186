import { useTranslations } from "next-intl";
import { CheckBox } from "@/components/ui/check-box";

/** `isStandard`: shown as long as nobody chooses. */
export type Choice = { name: string; label: string; isStandard: boolean };

/** Which fields the public form asks visitors for. */
export function ShownFields({ choices, shown }: { choices: Choice[]; shown: string[] | null }) {
  const t = useTranslations("intake");
  return (
    <fieldset>
      <legend className="text-13 font-medium">{t("fields.shown")}</legend>
      <p className="text-12 text-ink-faint">{t("hints.shown")}</p>
      <div className="mt-1 grid grid-cols-2 gap-x-4">
        {choices.map(({ name, label, isStandard }) => (
          <CheckBox
            key={name}
            id={`shown-${name}`}
            name="shown"
            value={name}
            label={label}
            defaultChecked={shown === null ? isStandard : shown.includes(name)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Null while the standard fields are chosen, so that the form goes on following the desk's own. */
export function toShown(chosen: string[], choices: Choice[]): string[] | null {
  const isStandard = choices.every((choice) => choice.isStandard === chosen.includes(choice.name));
  return isStandard ? null : chosen;
}
