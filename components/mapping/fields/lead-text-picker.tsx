import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { CheckLines } from "@/components/mapping/check-lines";
import type { Catalogue, Field } from "@/lib/domain/mapping/catalogue";
import type { Check, Mapping, Target } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { FieldPicker } from "./field-picker";

type LeadTextPickerProps = {
  place: "parkIn" | "reference" | "consent";
  catalogue: Catalogue;
  mapping: Mapping;
  checks: readonly Check[];
  /** Whether a field of this type takes what goes there. */
  isFit: (field: Field) => boolean;
  onPick: (target: Target | null) => void;
  children?: ReactNode;
};

/** Chooses a text field of the lead for refused values, for our lead's id or for the consent. */
export function LeadTextPicker({ place, catalogue, mapping, checks, ...rest }: LeadTextPickerProps) {
  const t = useTranslations("mapping.settings");
  const id = useId();
  const { isFit, onPick, children } = rest;
  const own = checks.filter((check) => check.place === place);
  return (
    <div id={`mapping-${place}`}>
      <FieldPicker
        label={t(place)}
        isLabelShown
        fields={catalogue.fields.filter(
          (field) => field.entity === "leads" && !field.isComputed && isFit(field),
        )}
        target={mapping[place]}
        placeholder={t("noField")}
        nowhere={t("noField")}
        describedBy={`${id}-note`}
        isWrong={own.some(({ severity }) => severity === "error")}
        onPick={(field) => onPick(field ? toTarget(field) : null)}
      />
      <div id={`${id}-note`} className="mt-1 min-h-(--note)">
        {own.length > 0 ? (
          <CheckLines id={`${id}-checks`} checks={own} />
        ) : (
          <p className="text-12 text-ink-faint">{t(`hints.${place}`)}</p>
        )}
      </div>
      {children && <div className="mt-2">{children}</div>}
    </div>
  );
}
