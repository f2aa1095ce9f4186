"use client";

import { useTranslations } from "next-intl";
import { type Answer, callServer } from "@/components/server/call-server";
import type { Question } from "@/components/ui/confirm";
import { resend, settle } from "@/lib/delivery/actions";
import type { Delivery } from "@/lib/delivery/schema";
import { toFailure } from "./failures";

export type StuckLead = Pick<Delivery["stuck"][number], "id" | "title" | "state" | "problem" | "sentAt">;

/** Nobody knows whether the lead is in Kommo. A person has to check. */
export function isUndecided({ state, problem }: StuckLead): boolean {
  return state === "needs_admin" && ["unclear", "merged", "unsendable"].includes(problem ?? "");
}

/** The two ways to settle a lead that needs attention, as questions that name their consequences. */
export function useRemedies() {
  const t = useTranslations("delivery");
  const toRefusal = (answer: Answer) => {
    const failure = toFailure(answer);
    return failure && { sentence: t(`failures.${failure}`), isField: failure.startsWith("id_") };
  };

  return {
    askToResend(leads: StuckLead[], onDone: () => void): Question {
      const count = leads.length;
      const hasUndecided = leads.some(isUndecided);
      const hasRefused = leads.some(({ state }) => state === "needs_fix");
      const consequence = [
        t("resend.consequence", { count }),
        ...(hasRefused ? [t("resend.refused")] : []),
        ...(hasUndecided ? [t("resend.undecided", { count })] : []),
      ];
      return {
        title: t("resend.question", { count, name: leads[0]?.title || t("nameless") }),
        consequence: consequence.join(" "),
        verb: t("resend.verb"),
        act: async () => toRefusal(await callServer({ action: () => resend(leads.map(toSeen)) })),
        onDone,
      };
    },
    askToSettle(lead: StuckLead, onDone: () => void): Question {
      return {
        title: t("settle.question", { name: lead.title || t("nameless") }),
        consequence: t("settle.consequence"),
        verb: t("settle.verb"),
        field: { label: t("settle.field"), hint: t("settle.hint"), inputMode: "numeric" },
        act: async (typed) =>
          toRefusal(
            await callServer({
              action: () => settle({ ...toSeen(lead), kommoLeadId: toKommoId(typed) }),
            }),
          ),
        onDone,
      };
    },
  };
}

/** The state that the person saw. The server refuses if it has changed meanwhile. */
function toSeen({ id, state, sentAt }: StuckLead) {
  return { id, state, sentAt };
}

/** The id as typed, or from an address copied from Kommo. */
function toKommoId(typed: string): string {
  return /(?:\/detail\/|^\s*#?\s*)(\d+)/.exec(typed)?.[1] ?? typed;
}
