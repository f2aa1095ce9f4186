import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { QueueStopWords } from "@/components/queue/queue-stop-words";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const words = { en, ru };

function render(locale: "en" | "ru", isAdmin: boolean, code = "token_refused"): string {
  const queueStop = { kind: "halted", code, since: NOW, probeAt: NOW } as const;
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

  test("everybody reads that the integration was disabled, and an admin where to connect again", () => {
    const named = words[locale].delivery.band.since.integration_disabled.split("{")[0] ?? "";
    const again = words[locale].delivery.band.connect;

    expect(render(locale, false, "integration_disabled")).toContain(named);
    expect(render(locale, false, "integration_disabled")).not.toContain(again);
    expect(render(locale, true, "integration_disabled")).toContain(again);
  });

  test("an admin reads where to connect again when a renewed access is refused, and nothing of a token", () => {
    const rendered = render(locale, true, "access_refused");

    expect(rendered).toContain(words[locale].delivery.band.since.access_refused.split("{")[0] ?? "");
    expect(rendered).toContain(words[locale].delivery.band.connect);
    expect(rendered).not.toContain(exact);
  });
});
