import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { QueueStopWords } from "@/components/queue/queue-stop-words";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const words = { en, ru };

function render(locale: "en" | "ru", isAdmin: boolean): string {
  const queueStop = { kind: "halted", code: "token_refused", since: NOW, probeAt: NOW } as const;
  const children = createElement(QueueStopWords, { queueStop, serverNow: NOW, isAdmin });
  return renderToStaticMarkup(
    createElement(NextIntlClientProvider, {
      ...{ locale, messages: words[locale], timeZone: "UTC", children },
    }),
  );
}

describe.each([
  ["en", "No connection to Kommo", "Kommo has rejected our token"],
  ["ru", "Нет связи с Kommo", "Kommo не принимает наш токен"],
] as const)("in %s", (locale, plain, exact) => {
  test("a seller reads that Kommo is not connected, and nothing of the token", () => {
    expect(render(locale, false)).toContain(plain);
    expect(render(locale, false)).not.toContain(exact);
  });

  test("an admin reads which refusal it is", () => {
    expect(render(locale, true)).toContain(exact);
  });
});
