"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Field } from "./field";

export function PasswordField(props: Omit<ComponentProps<typeof Field>, "end" | "type">) {
  const t = useTranslations("people");
  const [isShown, setShown] = useState(false);

  return (
    <Field
      {...props}
      type={isShown ? "text" : "password"}
      autoCapitalize="none"
      spellCheck={false}
      end={
        <button
          type="button"
          aria-label={t("showPassword")}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
          className="absolute inset-y-0 right-0 cursor-pointer rounded-control px-3 text-13 font-medium text-accent-ink hover:underline"
        >
          {t(isShown ? "hide" : "show")}
        </button>
      }
    />
  );
}
