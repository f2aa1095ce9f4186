import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { type Answer, callServer, KOMMO_WAIT_MS } from "@/components/server/call-server";
import { useFailureWords } from "./use-failure-words";

type Connecting<T> = {
  /** Calls the server with what the form holds. */
  run: (form: FormData) => Promise<Answer<T>>;
  /** The fields from top to bottom: the first one with a problem gets the focus. */
  names: readonly string[];
  onDone: (value: T) => void;
};

/** A form that connects: what it is doing, what is wrong with which field, and what failed as a whole. */
export function useConnecting<T>({ run, names, onDone }: Connecting<T>) {
  const t = useTranslations("kommo");
  const toWords = useFailureWords();
  const [progress, setProgress] = useState<"typing" | "trying" | "connected">("typing");
  const [problems, setProblems] = useState<Record<string, string>>({});

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (progress === "trying") return;
    setProgress("trying");
    const result = await callServer({ action: () => run(new FormData(form)), waitMs: KOMMO_WAIT_MS });
    if (result.ok) {
      form.reset();
      setProblems({});
      setProgress("connected");
      return onDone(result.value);
    }
    const fields = toNames(result.fields ?? {});
    setProblems(Object.keys(fields).length > 0 ? fields : { form: toWords(result.code) });
    setProgress("typing");
    const first = names.find((name) => name in fields);
    if (first) form.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  };
  const errorOf = (name: string) => {
    const code = problems[name];
    return code && t(t.has(`problems.${code}`) ? `problems.${code}` : "problems.other");
  };
  return { progress, submit, errorOf, failure: problems.form };
}

/** A field of a part of the form goes by its own name. */
function toNames(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([path, code]) => [path.split(".").at(-1), code]));
}
