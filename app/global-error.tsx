"use client";

import { ErrorNotice } from "@/components/shell/error-notice";
import words from "@/messages/crashed.json";
import "./globals.css";

/** The root layout failed, and the choice of language with it, so both languages are shown. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body className="bg-background font-sans text-ink">
        <title>Lead Desk</title>
        <main className="mx-auto flex w-full max-w-xl flex-col gap-4 px-4 py-12">
          {Object.entries(words).map(([lang, ofLanguage]) => (
            <div key={lang} lang={lang}>
              <ErrorNotice t={(key) => ofLanguage[key]} retry={retry} />
            </div>
          ))}
        </main>
      </body>
    </html>
  );
}
