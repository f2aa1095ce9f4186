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
    <div>
      <Segmented
        name="role"
        legend={t("role")}
        options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
        value={value}
        onChoose={onChoose}
      />
      <p aria-live="polite" className="mt-1 min-h-8 text-12 text-ink-faint">
        {t(`mayDo.${value}`)}
      </p>
    </div>
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
    />
  );
}

const languages = [
  { value: "en", label: "English", lang: "en" },
  { value: "ru", label: "Русский", lang: "ru" },
] as const;
