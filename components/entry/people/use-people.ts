"use client";

import { useRef, useState } from "react";
import type { Dispatch, EntryState } from "@/components/entry/entry-state";
import { listProblems } from "@/components/entry/fields/checks";
import { placeProblems } from "@/components/entry/fields/place-problems";
import { askConsent } from "@/components/entry/sending/ask-consent";
import { type LeadForm, type Person, personFields } from "@/components/entry/typed-lead";
import { type Outcome, type SendProblem, sendLead } from "@/components/lead/send-lead";
import { isUnreachable } from "@/components/offline/device-lead";
import { keepUnsent } from "@/components/offline/keep-unsent";
import { newId } from "@/components/ui/new-id";
import type { Lead } from "@/lib/domain/lead/schema";
import { type PersonProblems, savePeople } from "./save-people";
import { toLeadOfPerson } from "./to-lead-of-person";

type PeopleOptions = {
  personId: string;
  form: LeadForm;
  state: EntryState;
  dispatch: Dispatch;
  acts: { remember: (sent: Lead) => void };
  onSaved: () => void;
};

/** The rows of a paste with several people. Each is saved by itself, under its own id however often it is sent. */
export function usePeople({ personId, form, state, dispatch, acts, onSaved }: PeopleOptions) {
  const { getValues, setValue, setError } = form;
  const [problems, setProblems] = useState<Record<string, PersonProblems>>({});
  const [problem, setProblem] = useState<SendProblem>();
  const [saving, setSaving] = useState<{ at: number; total: number }>();
  const isSaving = useRef(false);
  /** After one time-out the other rows need not wait for theirs. */
  const press = useRef<{ unreachable: SendProblem | undefined; kept: number }>({
    unreachable: undefined,
    kept: 0,
  });
  const isDiscarded = useRef(false);

  const listNow = () => getValues("people") ?? [];
  const change = (id: string, changed: Partial<Person>) =>
    setValue(
      "people",
      listNow().map((person) => (person.id === id ? { ...person, ...changed } : person)),
    );
  const remove = (id: string) =>
    setValue(
      "people",
      listNow().filter((person) => person.id !== id),
    );

  /** Nobody but the browser has checked what waits on the device. */
  const keep = async (lead: Lead, problem: SendProblem): Promise<Outcome | { kind: "kept" }> => {
    const fields = listProblems(lead, state.rules);
    if (Object.keys(fields).length > 0) return { kind: "invalid", fields };
    const isKept = await keepUnsent(personId, lead, problem);
    return isKept ? { kind: "kept" } : { kind: "problem", problem };
  };

  const sendOrKeep = async (lead: Lead) => {
    const { unreachable } = press.current;
    const outcome = unreachable
      ? { kind: "problem" as const, problem: unreachable }
      : await sendLead(lead, personId);
    if (outcome.kind !== "problem" || !isUnreachable(outcome.problem)) return outcome;
    press.current.unreachable = outcome.problem;
    return keep(lead, outcome.problem);
  };

  const send = async (person: Person) => {
    const lead = toLeadOfPerson(person, getValues(), state);
    const outcome = placeProblems(state.rules, await sendOrKeep(lead));
    if (outcome.kind === "problem") {
      return outcome.problem === "already_left" ? { lead: "already_left" } : outcome.problem;
    }
    if (outcome.kind === "invalid") {
      if (outcome.fields.consent_version) await askConsent(form, dispatch);
      for (const [name, message] of Object.entries(outcome.fields)) {
        if (!personFields.some((field) => field === name)) setError(name as "source", { message });
      }
      return outcome.fields;
    }
    acts.remember(lead);
    if (outcome.kind === "saved") onSaved();
    else press.current.kept++;
    return undefined;
  };

  const saveAll = async () => {
    const list = () => (isDiscarded.current ? [] : listNow());
    const onProgress = (at: number, total: number) => setSaving({ at, total });
    // What is saved already cannot be one lead with the others any more.
    dispatch({ type: "people_found", text: "", isCut: state.found?.isCut ?? false });
    press.current = { unreachable: undefined, kept: 0 };
    const { count, ...wrong } = await savePeople({ list, remove, send, onProgress });
    setProblems(wrong.problems);
    setProblem(wrong.problem);
    const isDone = count > 0 && listNow().length === 0 && !isDiscarded.current;
    const { kept } = press.current;
    if (isDone) dispatch({ type: "people_done", done: kept > 0 ? "kept" : "saved", count: kept || count });
  };

  return {
    problems,
    problem,
    saving,
    change,
    remove,
    save: async () => {
      if (isSaving.current) return;
      isSaving.current = true;
      setProblem(undefined);
      await saveAll();
      isSaving.current = false;
      setSaving(undefined);
    },
    sendAsAnother: (id: string) => change(id, { id: newId() }),
    discard: () => {
      isDiscarded.current = true;
      const lead = structuredClone(getValues());
      setValue("people", []);
      dispatch({ type: "cleared", lead });
    },
  };
}
