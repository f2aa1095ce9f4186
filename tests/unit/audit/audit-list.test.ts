import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { AuditList } from "@/components/audit/audit-list";
import en from "@/messages/en.json";

function render(action: string, who: string | null): string {
  const entry = { id: "1", at: 0, action, who, subject: "Anna", isOwn: false, lead: null, detail: {} };
  const children = createElement(AuditList, { entries: [entry] } as never);
  return renderToStaticMarkup(
    createElement(NextIntlClientProvider, { locale: "en", messages: en, timeZone: "UTC", children }),
  );
}

test.each([
  ["person_added", "Added from the command line: Anna"],
  ["person_invited", "Invited from the command line: Anna"],
  ["person_changed", "Details changed from the command line: Anna"],
  ["person_disabled", "Disabled from the command line: Anna"],
  ["person_enabled", "Enabled from the command line: Anna"],
  ["reset_link_made", "Password link created from the command line: Anna"],
  ["sessions_ended", "Signed out everywhere from the command line: Anna"],
])("%s of a command names the command line", (action, words) => {
  expect(render(action, null)).toContain(words);
  expect(render(action, "Boris")).toContain("Boris");
});
