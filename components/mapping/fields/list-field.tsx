"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";

type ListFieldProps = {
  id: string;
  label: string;
  hint: string;
  error?: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
};

/** Several short texts separated by commas. They are split when the person leaves the field. */
export function ListField({ values, onChange, ...field }: ListFieldProps) {
  const joined = values.join(", ");
  const [typed, setTyped] = useState<string>();
  return (
    <Field
      {...field}
      autoComplete="off"
      value={typed ?? joined}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => {
        if (typed === undefined) return;
        setTyped(undefined);
        onChange([...new Set(toParts(typed))]);
      }}
    />
  );
}

function toParts(typed: string): string[] {
  return typed
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}
