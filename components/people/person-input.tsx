"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";

type PersonInputProps = ComponentProps<"input"> & {
  name: "email" | "password" | "name";
  problem?: string;
  hint?: string;
};

export function PersonInput({ problem, ...input }: PersonInputProps) {
  const t = useTranslations("people");
  const shared = {
    ...input,
    id: `person-${input.name}`,
    label: t(input.name),
    error: problem && t(t.has(`problems.${problem}`) ? `problems.${problem}` : "problems.other"),
  };
  return input.name === "password" ? <PasswordField {...shared} /> : <Field {...shared} />;
}
