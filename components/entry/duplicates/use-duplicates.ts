"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useValue } from "@/components/entry/fields/use-value";
import type { LeadForm } from "@/components/entry/typed-lead";
import { getQueryClient } from "@/components/server/query-client";
import { readPhone } from "@/lib/domain/lead/phone";
import type { Lead } from "@/lib/domain/lead/schema";
import { fetchDuplicates, fetchKommoContacts, toQuestion } from "./fetch-duplicates";
import type { Found } from "./to-field-hint";
import { useDebounced } from "./use-debounced";

const DEBOUNCE_MS = 200;
const FRESH_MS = 30_000;
const MOST = 3;

/** Leads and contacts of Kommo that may be the person being typed. */
export function useDuplicates(form: LeadForm, country: string): Found {
  const lead = useDebounced<Lead>(
    useValue(form, (typed) => typed),
    DEBOUNCE_MS,
  );
  const { e164, extension, problem } = readPhone(lead.phone, country);
  // Many people share a switchboard: a lead with an extension is added to no contact.
  const wholePhone = problem === null && extension === null ? e164 : null;
  // A check that puts the phone in groups asks nothing new, so what was found stays for whoever answers it.
  const question = toQuestion({ ...lead, phone: wholePhone ?? lead.phone });

  const { data: duplicates } = useQuery(
    {
      queryKey: ["duplicates", question],
      queryFn: fetchDuplicates(question),
      enabled: question !== "",
      staleTime: FRESH_MS,
    },
    getQueryClient(),
  );
  const { data: inKommo } = useQuery(
    {
      queryKey: ["duplicates-in-kommo", wholePhone],
      queryFn: fetchKommoContacts(wholePhone ?? ""),
      enabled: wholePhone !== null,
      staleTime: Number.POSITIVE_INFINITY,
    },
    getQueryClient(),
  );

  return useMemo(
    () => ({
      lead,
      matches: duplicates?.matches.slice(0, MOST) ?? [],
      wasErased: duplicates?.wasErased === true,
      isCapped: duplicates?.isCapped === true || inKommo?.isCapped === true,
      contacts: inKommo?.contacts ?? [],
      isKommoSilent: inKommo?.isSilent === true,
    }),
    [lead, duplicates, inKommo],
  );
}
