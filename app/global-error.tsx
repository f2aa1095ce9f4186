"use client";

import words from "@/messages/crashed.json";
import "./globals.css";

/**
 * The root layout failed, and the choice of language with it, so both languages are shown. Every page loads this one, so it
 * uses no components.
 */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body className="bg-background font-sans text-ink">
        <title>Lead Desk</title>
        <main className="mx-auto flex w-full max-w-xl flex-col gap-4 px-4 py-12">
          {Object.entries(words).map(([lang, { title, body, again }]) => (
            <div key={lang} lang={lang} className="rounded-panel bg-needs-you-tint p-4">
              <p className="font-semibold text-needs-you-ink">{title}</p>
              <p className="mt-1 mb-3">{body}</p>
              <button
                type="button"
                onClick={retry}
                className="min-h-11 cursor-pointer rounded-control border border-border-strong bg-surface px-4 text-14 font-medium hover:bg-sunken"
              >
                {again}
              </button>
            </div>
          ))}
        </main>
      </body>
    </html>
  );
}
