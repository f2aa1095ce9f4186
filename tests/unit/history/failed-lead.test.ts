import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { NextIntlClientProvider } from "next-intl";
import { createElement, type FunctionComponent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { LeadRemedy } from "@/components/delivery/lead-remedy";
import { StuckLeads } from "@/components/history/stuck-leads";
import type { LeadState } from "@/lib/domain/lead/states";
import { errorKinds } from "@/lib/errors";
import { roles } from "@/lib/people/schema";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const words = { en, ru };
const codes = Object.entries(errorKinds).flatMap(([code, kind]) => (kind === "yours" ? [] : [code]));
const failed = codes.flatMap((problem) => [
  { problem, state: "needs_admin" as const },
  { problem, state: "needs_fix" as const },
]);
const router = { refresh: () => undefined };

function render<P extends object>(locale: "en" | "ru", part: FunctionComponent<P>, props: P): string {
  const children = createElement(part, props);
  const translated = createElement(NextIntlClientProvider, {
    ...{ locale, messages: words[locale], timeZone: "UTC", children },
  });
  return renderToStaticMarkup(
    createElement(AppRouterContext.Provider, { value: router as never }, translated),
  );
}

function aFailedLead({ state, problem }: { state: LeadState; problem: string }) {
  return {
    ...{ id: "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10", title: "Anna", contact: "", source: null },
    ...{
      author: "Boris",
      byForm: false,
      authorId: "boris",
      isOfHeads: false,
      state,
      problem,
      tries: 1,
      dueAt: NOW,
      createdAt: NOW,
    },
    ...{
      kommoLeadId: null,
      kommoUrl: null,
      outcome: null,
      there: null,
      twinUrl: null,
      outcomeReadAt: null,
      sentAt: NOW,
      refused: [],
    },
  };
}

const count = (html: string, pattern: RegExp) => html.match(pattern)?.length ?? 0;
const RAW_KEY = /\b(leads|lead|delivery|errors)\.[a-z_]+/i;

describe.each(["en", "ru"] as const)("in %s", (locale) => {
  test.each(failed)("$problem, $state, is in the list with one sentence and one button", (lead) => {
    const html = render(locale, StuckLeads, {
      leads: [aFailedLead(lead)],
      serverNow: NOW,
      withAuthor: false,
      personId: "boris",
      labels: {},
    });

    expect(html.match(/<p [^>]*>([^<]*)<\/p>/g)).toHaveLength(1);
    expect(html).toMatch(/<p [^>]*>[^<]*[.!]<\/p>/);
    expect(count(html, /<a [^>]*href="\/(\?lead=|leads\/)[^>]*>[^<]+<\/a>/g)).toBe(2);
    expect(html).not.toMatch(RAW_KEY);
  });

  test.each([
    { field: null, code: "TooLong", path: "" },
    { field: null, code: "TooLong", path: "_embedded.leads.0.name" },
    { field: null, code: "Unheard", path: "" },
  ])("a refusal of $path as $code says what it can, and no path to a seller", (refused) => {
    const lead = { ...aFailedLead({ state: "needs_fix", problem: "refused" }), refused: [refused] };

    const list = render(locale, StuckLeads, {
      leads: [lead],
      serverNow: NOW,
      withAuthor: false,
      personId: "boris",
      labels: {},
    });
    const page = render(locale, LeadRemedy, {
      lead,
      role: "seller",
      canFix: true,
      custom: [],
      labels: {},
      serverNow: NOW,
    });

    const reason = words[locale].delivery.refusals[refused.code === "TooLong" ? "TooLong" : "other"];
    expect(list).toContain(reason);
    expect(list).not.toContain("_embedded");
    expect(page).toContain(reason);
    expect(page).not.toContain("()");
  });

  test.each([
    { personId: "boris", withAuthor: false, isOfHeads: false, isFixed: true },
    { personId: "anna", withAuthor: true, isOfHeads: true, isFixed: true },
    { personId: "anna", withAuthor: true, isOfHeads: false, isFixed: false },
  ])("a rejected lead offers to fix it where the reader may: %o", ({ isOfHeads, isFixed, ...reader }) => {
    const lead = { ...aFailedLead({ state: "needs_fix", problem: "refused" }), isOfHeads };
    const shown = { serverNow: NOW, labels: {} };

    const list = render(locale, StuckLeads, { leads: [lead], ...reader, ...shown });
    const page = render(locale, LeadRemedy, { lead, role: "head", canFix: isFixed, custom: [], ...shown });

    const { seller, head } = words[locale].delivery.remedy.refusedFor;
    expect(count(list, /href="\/\?lead=/g)).toBe(isFixed ? 1 : 0);
    expect(count(page, /href="\/\?lead=/g)).toBe(isFixed ? 1 : 0);
    expect(page).toContain(isFixed ? seller : head);
  });

  test.each(failed.flatMap((lead) => roles.map((role) => ({ ...lead, role }))))(
    "$problem, $state, has an action for a $role on its page",
    ({ role, ...lead }) => {
      const html = render(locale, LeadRemedy, {
        lead: aFailedLead(lead),
        ...{ role, canFix: role === "seller", custom: [], labels: {}, serverNow: NOW },
      });

      expect(count(html, /<(button|a) /g)).toBeGreaterThan(0);
      expect(html).not.toMatch(RAW_KEY);
    },
  );
});
