"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";

type PersonInputProps = ComponentProps<"input"> & {
  name: "email" | "password" | "current" | "name";
  label?: string;
  problem?: string;
  hint?: string;
};

export function PersonInput({ problem, label, ...input }: PersonInputProps) {
  const t = useTranslations("people");
  const shared = {
    ...input,
    id: `person-${input.name}`,
    label: label ?? t(input.name),
    error: problem && t(t.has(`problems.${problem}`) ? `problems.${problem}` : "problems.other"),
  };
  const isSecret = input.name === "password" || input.name === "current";
  return isSecret ? <PasswordField {...shared} /> : <Field {...shared} />;
}
