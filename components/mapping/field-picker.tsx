"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTypeName } from "@/components/catalogue/use-type-name";
import { Pick, type PickItem } from "@/components/ui/pick";
import type { Field } from "@/lib/catalogue/schema";
import type { Target } from "@/lib/mapping/schema";

const NOWHERE = "";

type FieldPickerProps = {
  label: string;
  isLabelShown?: boolean;
  fields: readonly Field[];
  target: Target | null | undefined;
  placeholder: string;
  /** The words for "nowhere", where that may be chosen. */
  nowhere?: string;
  describedBy?: string;
  isWrong?: boolean;
  onPick: (field: Field | undefined) => void;
};

/** A field of Kommo's, found by name, code, type or id. */
export function FieldPicker({ fields, target, nowhere, onPick, ...rest }: FieldPickerProps) {
  const t = useTranslations("mapping");
  const toTypeName = useTypeName();
  const items = useMemo(() => {
    const real = fields.map(
      (field): PickItem => ({
        value: String(field.id),
        label: field.name,
        detail: [t(`entities.${field.entity}`), toTypeName(field.type), field.code, field.id]
          .filter(Boolean)
          .join(" · "),
      }),
    );
    return nowhere ? [{ value: NOWHERE, label: nowhere }, ...real] : real;
  }, [fields, nowhere, t, toTypeName]);

  return (
    <Pick
      items={items}
      value={target ? String(target.fieldId) : null}
      missing={target ? t("gone", { name: target.name ?? "", id: String(target.fieldId) }) : undefined}
      onPick={(value) => onPick(fields.find(({ id }) => String(id) === value))}
      {...rest}
    />
  );
}
