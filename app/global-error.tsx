"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import "./globals.css";

const languages = [
  { lang: "en", words: en.pages.crashed },
  { lang: "ru", words: ru.pages.crashed },
];

/** The frame itself failed, and with it the choice of language: both speak. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body className="bg-background font-sans text-ink">
        <title>Lead Desk</title>
        <main className="mx-auto flex w-full max-w-xl flex-col gap-4 px-4 py-12">
          {languages.map(({ lang, words }) => (
            <div key={lang} lang={lang}>
              <Notice title={words.title} body={words.body}>
                <Button look="secondary" onClick={retry}>
                  {words.again}
                </Button>
              </Notice>
            </div>
          ))}
        </main>
      </body>
    </html>
  );
}
