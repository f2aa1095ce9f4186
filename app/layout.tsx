import "@fontsource-variable/inter";
import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PressScript } from "@/components/press/press-script";
import { PracticeBand } from "@/components/shell/practice-band";
import { findPracticeUrl } from "@/lib/connection/queries";
import { getTheme } from "@/lib/preferences/queries";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Lead Desk", template: "%s · Lead Desk" },
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
};

export async function generateViewport(): Promise<Viewport> {
  const theme = await getTheme();
  return {
    colorScheme: theme === "system" ? "light dark" : theme,
    // Keeps the bars and the button above the keyboard of a phone.
    interactiveWidget: "resizes-content",
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme, t] = [await getLocale(), await getTheme(), await getTranslations("shell")];
  const boardUrl = await findPracticeUrl();

  return (
    <html lang={locale} data-theme={theme}>
      <body className="flex min-h-dvh flex-col bg-background font-sans text-ink antialiased">
        <PressScript />
        <a
          href="#page"
          className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
        >
          {t("skip")}
        </a>
        {boardUrl && <PracticeBand boardUrl={boardUrl} />}
        <NextIntlClientProvider>{children}</NextIntlClientProvider>
      </body>
    </html>
  );
}
