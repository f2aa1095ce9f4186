"use client";

import { useTranslations } from "next-intl";
import { type Answer, callServer, KOMMO_WAIT_MS } from "@/components/server/call-server";
import type { Question } from "@/components/ui/confirm";
import { handBack, resend, settle } from "@/lib/delivery/actions";
import { type Delivery, type Seen, type Unchanged, undecidedProblems } from "@/lib/delivery/schema";
import { type Decided, decideInParts, isInParts } from "./decide-in-parts";

export type StuckLead = Pick<Delivery["stuck"][number], "id" | "title" | "state" | "problem" | "sentAt">;

/** Nobody knows whether the lead is in Kommo. A person has to check. */
export function isUndecided({ state, problem }: StuckLead): boolean {
  return state === "needs_admin" && undecidedProblems.includes(problem ?? "");
}

/** Its author may correct it, because it is surely not in Kommo. */
export function canHandBack(lead: StuckLead): boolean {
  return lead.state === "needs_admin" && !isUndecided(lead);
}

type Decide<S> = (part: S[]) => Promise<Answer<Unchanged[]>>;
type OnDone = (decided: Decided) => void;

/** The ways to settle leads that need attention, as questions that name their consequences. */
export function useRemedies() {
  const t = useTranslations("delivery");
  /** The decision, whose failure is a sentence. */
  function toDecision<S>(leads: S[], decide: Decide<S>) {
    const toProgress = (done: number) => t("progress", { done, total: leads.length });
    const { decided, run, isBegun } = decideInParts(leads, { decide, toProgress });
    const act: Question["act"] = async (_, running) => {
      const failure = await run(running);
      return failure && { sentence: t(`failures.${failure}`), isField: failure.startsWith("id_") };
    };
    return { act, decided, isBegun };
  }
  function toActs<S>(
    leads: S[],
    decide: Decide<S>,
    onDone: OnDone,
  ): Pick<Question, "act" | "onDone" | "onGivenUp" | "isLong"> {
    const { act, decided, isBegun } = toDecision(leads, decide);
    return {
      isLong: isInParts(leads),
      act,
      onDone: () => onDone(decided),
      onGivenUp: () => {
        if (isBegun()) onDone(decided);
      },
    };
  }

  return {
    /** `matched`: how many of them have a match in Kommo beside them. */
    askToResend(leads: StuckLead[], onDone: OnDone, matched = 0): Question {
      const count = leads.length;
      const hasUndecided = leads.some(isUndecided);
      const hasRefused = leads.some(({ state }) => state === "needs_fix");
      const consequence = [
        t("resend.consequence", { count }),
        ...(hasRefused ? [t("resend.refused")] : []),
        ...(hasUndecided ? [t("resend.undecided", { count })] : []),
        ...(matched > 0 ? [t("resend.matched", { count: matched })] : []),
      ];
      return {
        title: t("resend.question", { count, name: leads[0]?.title || t("nameless") }),
        consequence: consequence.join(" "),
        verb: t("resend.verb"),
        ...toActs(
          leads.map(toSeen),
          (part) => callServer({ action: () => resend(part), waitMs: KOMMO_WAIT_MS }),
          onDone,
        ),
      };
    },
    askToHandBack(leads: StuckLead[], onDone: OnDone): Question {
      const count = leads.length;
      return {
        title: t("handBack.question", { count, name: leads[0]?.title || t("nameless") }),
        consequence: t("handBack.consequence", { count }),
        verb: t("handBack.verb"),
        ...toActs(
          leads.map(toSeen),
          (part) => callServer({ action: () => handBack(part), waitMs: KOMMO_WAIT_MS }),
          onDone,
        ),
      };
    },
    /** With an id that Kommo shows for it, or one that the person types. */
    askToSettle(lead: StuckLead, onDone: OnDone, kommoLeadId?: number): Question {
      const name = lead.title || t("nameless");
      if (kommoLeadId !== undefined) {
        return {
          title: t("settle.questionOf", { name, id: String(kommoLeadId) }),
          consequence: t("settle.consequence"),
          verb: t("settle.verb"),
          ...toActs([{ ...toSeen(lead), kommoLeadId }], settlePart, onDone),
        };
      }
      return {
        title: t("settle.question", { name }),
        consequence: t("settle.consequence"),
        verb: t("settle.verb"),
        field: { label: t("settle.field"), hint: t("settle.hint"), inputMode: "numeric" },
        act: (typed, run) =>
          toDecision([{ ...toSeen(lead), kommoLeadId: toKommoId(typed) }], settlePart).act(typed, run),
        onDone: () => onDone({ count: 1, unchanged: [] }),
      };
    },
    /** Each with the lead that Kommo shows for it. `others`: how many of the chosen have no single one. */
    askToSettleAll(
      matched: { lead: StuckLead; kommoLeadId: number }[],
      others: number,
      onDone: OnDone,
    ): Question {
      const settlements = matched.map(({ lead, kommoLeadId }) => ({ ...toSeen(lead), kommoLeadId }));
      const left = others > 0 ? [t("settle.others", { count: others })] : [];
      return {
        title: t("settle.questionAll", { count: matched.length }),
        consequence: [t("settle.consequenceAll"), ...left].join(" "),
        verb: t("settle.verbAll"),
        ...toActs(settlements, settlePart, onDone),
      };
    },
  };
}

function settlePart(settlements: (Seen & { kommoLeadId: number | string })[]) {
  return callServer({ action: () => settle(settlements), waitMs: KOMMO_WAIT_MS });
}

/** The state that the person saw. The server changes nothing of a lead that has changed meanwhile. */
function toSeen({ id, state, sentAt }: StuckLead) {
  return { id, state, sentAt };
}

/** The id as typed, or from an address copied from Kommo. */
function toKommoId(typed: string): string {
  return /(?:\/detail\/|^\s*#?\s*)(\d+)/.exec(typed)?.[1] ?? typed;
}
