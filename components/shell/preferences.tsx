"use client";

import { useLocale, useTranslations } from "next-intl";
import { startTransition, useOptimistic, useState } from "react";
import { type Answer, callServer } from "@/components/server/call-server";
import { Segmented } from "@/components/ui/segmented";
import { chooseLocale, chooseTheme } from "@/lib/preferences/actions";
import { type Locale, locales, type Theme, themes } from "@/lib/preferences/constants";

const languages = [
  { value: "en", label: "English", lang: "en" },
  { value: "ru", label: "Русский", lang: "ru" },
] as const satisfies { value: Locale; label: string; lang: string }[];

export function Preferences({ theme }: { theme: Theme }) {
  const t = useTranslations("shell");
  const current = useLocale();
  const [locale, showLocale] = useOptimistic(locales.find((known) => known === current) ?? "en");
  const [chosenTheme, showTheme] = useOptimistic(theme);
  const [isFailed, setFailed] = useState(false);

  const choose = (show: () => void, save: () => Promise<Answer>) =>
    startTransition(async () => {
      show();
      const answer = await callServer({ action: save });
      setFailed(!answer.ok);
    });

  return (
    <div className="flex flex-col gap-3">
      <Segmented
        name="language"
        legend={t("language")}
        options={languages}
        value={locale}
        onChoose={(value) =>
          choose(
            () => showLocale(value),
            () => chooseLocale(value),
          )
        }
      />
      <Segmented
        name="theme"
        legend={t("theme")}
        options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        value={chosenTheme}
        onChoose={(value) =>
          choose(
            () => showTheme(value),
            () => chooseTheme(value),
          )
        }
      />
      {isFailed && (
        <p role="alert" className="text-13 text-needs-admin-ink">
          {t("notChosen")}
        </p>
      )}
    </div>
  );
}
