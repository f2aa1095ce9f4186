"use client";

import { useEffect } from "react";
import type { LeadForm } from "@/components/entry/typed-lead";
import type { Found } from "./to-field-hint";
import { useDuplicates } from "./use-duplicates";

type DuplicateLookupProps = { form: LeadForm; country: string; onFound: (found: Found) => void };

/** Looks for duplicates of what is typed, once for the hints of all fields. Shows nothing. */
export function DuplicateLookup({ form, country, onFound }: DuplicateLookupProps) {
  const found = useDuplicates(form, country);
  useEffect(() => onFound(found), [found, onFound]);
  return null;
}
