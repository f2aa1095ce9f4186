"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Question } from "@/components/ui/confirm";
import { type DeviceLead, toName, toTask } from "./device-lead";
import { getDeviceQueue, startDeviceQueue } from "./device-queue";

type Options = {
  /** `release`: it may be sent again. */
  onOpen: (lead: DeviceLead, release: () => void) => void;
  /** The server has some of them now. */
  onSent: () => void;
};

export type DeviceLeadsView = ReturnType<typeof useDeviceLeads>;

/** The person's leads on this device, and what can be done to them. The buttons show a failure at their lead. */
export function useDeviceLeads(personId: string, { onOpen, onSent }: Options) {
  const t = useTranslations("entry.device");
  const tLead = useTranslations("lead");
  const queue = getDeviceQueue(personId);
  const state = useSyncExternalStore(queue.subscribe, queue.get, queue.get);
  const [busyId, setBusyId] = useState<string>();
  const [question, setQuestion] = useState<Question>();
  useEffect(() => startDeviceQueue(personId), [personId]);
  useFewer(state.leads, onSent);
  const discard = (lead: DeviceLead) => {
    const { id, corrects } = lead;
    setQuestion({
      title: t("discard.title", { name: toName(lead) ?? tLead("nameless") }),
      consequence: t(corrects ? "discard.correction" : "discard.consequence"),
      verb: t("discard.verb"),
      act: async () => {
        if (!(await queue.discard(id))) return { sentence: t("busy") };
        // With the last lead the whole list goes, and the question before it can close.
        setQuestion(undefined);
        return undefined;
      },
    });
  };

  return {
    ...state,
    busyId,
    question,
    closeQuestion: () => setQuestion(undefined),
    /** The newest that waits for nothing but a connection. */
    newest: state.leads.findLast((lead) => lead.problem === null && toTask(lead) === "send"),
    /** To undo a correction is to give it up: the lead that it corrects stays as it was saved. */
    undo: (lead: DeviceLead) => (lead.corrects ? discard(lead) : void queue.undo(lead.id)),
    send: queue.send,
    open: async (id: string) => {
      const opened = await queue.open(id);
      setBusyId(opened ? undefined : id);
      if (opened) onOpen(opened.lead, opened.release);
    },
    discard,
  };
}

/** Whichever tab has sent them. */
function useFewer(leads: DeviceLead[], onFewer: () => void): void {
  const before = useRef(leads);
  useEffect(() => {
    const isFewer = before.current.some(({ id }) => leads.every((lead) => lead.id !== id));
    before.current = leads;
    if (isFewer) onFewer();
  }, [leads, onFewer]);
}
