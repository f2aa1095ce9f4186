import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { AuditList } from "@/components/audit/audit-list";
import en from "@/messages/en.json";

function render(action: string, who: string | null, detail = {}): string {
  const entry = { id: "1", at: 0, action, who, subject: "Anna", isOwn: false, lead: null, detail };
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

test("a role that the provider's groups have changed names single sign-on", () => {
  const words = render("role_changed", "Boris", { from: "seller", to: "head", how: "oidc" });

  expect(words).toContain("Boris: role changed by single sign-on, from Seller to Head of sales");
});

test.each([
  ["mapping_published", { version: 7 }, "Boris published version 7 of the mapping"],
  ["mapping_published", { version: 7, restored: 2 }, "version 7 of the mapping, a copy of version 2"],
  ["leads_exported", { count: 2500, end: "done" }, "Boris exported 2,500 leads"],
  ["leads_exported", { count: 1, end: "stopped" }, "Boris exported 1 lead and stopped"],
  ["leads_exported", {}, "Boris started an export of leads"],
  [
    "factor_awaited",
    { how: "password" },
    "Boris entered the right password; the second factor was still missing",
  ],
  ["factor_awaited", { how: "oidc" }, "Boris came by single sign-on; the second factor was still missing"],
  ["signed_in", { how: "code" }, "Boris completed the sign-in with a code"],
  ["signed_in", { how: "passkey" }, "Boris completed the sign-in with a passkey"],
  [
    "factor_rules_changed",
    { required: "", afterSignOn: false },
    "Boris changed who needs a second factor: nobody",
  ],
  [
    "factor_rules_changed",
    { required: "", afterSignOn: true },
    "no role; whoever has one is asked for it after single sign-on too",
  ],
  [
    "factor_rules_changed",
    { required: "head,admin", afterSignOn: true },
    "Head of sales, Admin, also after single sign-on",
  ],
  ["leads_erased", { count: 3 }, "Boris erased 3 leads"],
])("%s with %j says what and how many", (action, detail, words) => {
  expect(render(action, "Boris", detail)).toContain(words);
});
