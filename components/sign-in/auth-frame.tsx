import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Preferences } from "@/components/shell/preferences";
import type { Theme } from "@/lib/preferences/schema";

type AuthFrameProps = { title: string; hint: string; theme: Theme; children: ReactNode };

export function AuthFrame({ title, hint, theme, children }: AuthFrameProps) {
  const t = useTranslations("shell");
  return (
    <main
      id="page"
      tabIndex={-1}
      className="mx-auto flex w-full max-w-96 grow flex-col px-4 py-8 outline-none sm:justify-center"
    >
      <p className="text-13 font-semibold text-accent-ink">{t("name")}</p>
      <h1 className="mt-1 text-28 font-semibold break-words">{title}</h1>
      <p className="mt-1 mb-6 text-ink-muted">{hint}</p>
      {children}
      <div className="mt-8 border-t border-border pt-6">
        <Preferences theme={theme} />
      </div>
    </main>
  );
}
