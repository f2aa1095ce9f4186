import { useCallback, useState, useSyncExternalStore } from "react";
import type { LeadForm, TypedLead } from "@/components/entry/typed-lead";

/** What `read` takes from the form's values; it changes when its content does, so a list may be made anew each time. */
export function useValue<T>({ subscribe, getValues }: LeadForm, read: (lead: TypedLead) => T): T {
  const [last] = useState<{ text?: string; value: T }>(() => ({ value: read(getValues()) }));
  const onValues = useCallback(
    (callback: () => void) => subscribe({ formState: { values: true }, callback }),
    [subscribe],
  );
  const get = () => {
    const value = read(getValues());
    const text = JSON.stringify(value);
    if (text !== last.text) Object.assign(last, { text, value });
    return last.value;
  };
  return useSyncExternalStore(onValues, get, get);
}
