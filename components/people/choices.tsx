"use client";

import { useTranslations } from "next-intl";
import { Segmented } from "@/components/ui/segmented";
import { type Role, roles } from "@/lib/people/schema";
import type { Locale } from "@/lib/preferences/schema";

type ChoiceProps<T> = { value: T; onChoose: (value: T) => void };

/** With a line that says what the chosen role may do. */
export function RoleChoice({ value, onChoose }: ChoiceProps<Role>) {
  const t = useTranslations("people");
  return (
    <Segmented
      name="role"
      legend={t("role")}
      options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      value={value}
      onChoose={onChoose}
      note={<span className="block max-sm:min-h-8">{t(`mayDo.${value}`)}</span>}
    />
  );
}

export function LanguageChoice({ value, onChoose }: ChoiceProps<Locale>) {
  const t = useTranslations("shell");
  return (
    <Segmented
      name="person-language"
      legend={t("language")}
      options={languages}
      value={value}
      onChoose={onChoose}
      note=""
    />
  );
}

const languages = [
  { value: "en", label: "English", lang: "en" },
  { value: "ru", label: "Русский", lang: "ru" },
] as const;
