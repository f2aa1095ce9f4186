"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useTypeName } from "@/components/catalogue/use-type-name";
import { Pick, type PickItem } from "@/components/ui/pick";
import type { Field } from "@/lib/domain/mapping/catalogue";
import type { Target } from "@/lib/domain/mapping/schema";

const NOWHERE = "";

type FieldPickerProps = {
  label: string;
  isLabelShown?: boolean;
  fields: readonly Field[];
  target: Target | null | undefined;
  placeholder: string;
  /** The text of the option "nowhere", if there is one. */
  nowhere?: string;
  describedBy?: string;
  isWrong?: boolean;
  onPick: (field: Field | undefined) => void;
};

/** Chooses a field of Kommo by name, code, type or id. */
export function FieldPicker({ fields, target, nowhere, onPick, ...rest }: FieldPickerProps) {
  const t = useTranslations("mapping");
  const toTypeName = useTypeName();
  const toItem = useCallback(
    ({ id, name, entity, type, code }: Field): PickItem => ({
      value: String(id),
      label: name,
      detail: [t(`entities.${entity}`), toTypeName(type), code, id].filter(Boolean).join(" · "),
    }),
    [t, toTypeName],
  );
  const toItems = useCallback(() => {
    const real = fields.map(toItem);
    return nowhere ? [{ value: NOWHERE, label: nowhere }, ...real] : real;
  }, [fields, nowhere, toItem]);
  const chosen = target && fields.find(({ id }) => id === target.fieldId);

  return (
    <Pick
      toItems={toItems}
      chosen={chosen ? toItem(chosen) : null}
      missing={target ? t("gone", { name: target.name ?? "", id: String(target.fieldId) }) : undefined}
      onPick={(value) => onPick(fields.find(({ id }) => String(id) === value))}
      {...rest}
    />
  );
}
