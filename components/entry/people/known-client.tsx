import { useQuery } from "@tanstack/react-query";
import { UserCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { fetchKommoContacts } from "@/components/entry/duplicates/fetch-duplicates";
import { useContactWords } from "@/components/entry/duplicates/use-contact-words";
import { useDebounced } from "@/components/entry/duplicates/use-debounced";
import { getQueryClient } from "@/components/server/query-client";
import { readPhone } from "@/lib/domain/lead/phone";
import type { KommoContacts } from "@/lib/domain/lead/schema";

const DEBOUNCE_MS = 300;

/** In one line, to which contact of Kommo the person's lead will be added. The form asks under the same key. */
export function KnownClient({ phone, country }: { phone: string; country: string }) {
  const t = useTranslations("entry.duplicates");
  const { toSentence } = useContactWords();
  const { e164, extension, problem } = readPhone(useDebounced(phone, DEBOUNCE_MS), country);
  const asked = problem === null && extension === null ? e164 : null;
  const { data } = useQuery(
    {
      queryKey: ["duplicates-in-kommo", asked],
      queryFn: ({ signal }) => inTurn(() => fetchKommoContacts(asked ?? "")({ signal })),
      enabled: asked !== null,
      staleTime: Number.POSITIVE_INFINITY,
    },
    getQueryClient(),
  );
  const contacts = data?.contacts ?? [];
  if (asked === null || contacts.length === 0) return null;
  const [only, ...others] = contacts.filter(({ name }) => name !== null);
  const toLine = () => {
    if (!only) return t("inKommo");
    if (others.length > 0) return t("severalAsNew", { count: others.length + 1 });
    return toSentence(only, true);
  };
  return (
    <p role="status" className="flex items-baseline gap-x-1.5 px-3 py-1.5 text-13 text-ink-muted">
      <UserCheck aria-hidden className="size-3.5 shrink-0 self-center" />
      <span className="min-w-0 wrap-anywhere">{toLine()}</span>
    </p>
  );
}

let last: Promise<unknown> = Promise.resolve();

/** One after the other: a paste has many rows, and request slots at Kommo are few. */
function inTurn(ask: () => Promise<KommoContacts>): Promise<KommoContacts> {
  const answer = last.then(ask);
  last = answer.catch(() => undefined);
  return answer;
}
