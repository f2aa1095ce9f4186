import { randomUUID } from "node:crypto";
import type { Lead } from "@/lib/domain/lead/schema";
import type { LeadToSend } from "@/lib/domain/mapping/schema";
import type { NewForm } from "@/lib/intake/schema";

const EMPTY = {
  phone: "",
  name: "",
  surname: "",
  telegram: "",
  source: "",
  comment: "",
  email: "",
  profession: "",
  education: "",
  income: "",
  utm_medium: "",
  utm_campaign: "",
  utm_content: "",
  utm_term: "",
  referrer: "",
};

export function aLead(fields: Partial<Lead> = {}): Lead {
  return { ...EMPTY, id: randomUUID(), name: "Иван", phone: "+7 900 123-45-67", ...fields };
}

/** A website form that asks for nothing special. */
export function aWebsiteForm(more: Partial<NewForm> = {}): NewForm {
  const asks = { asksToken: false, asksProof: false, asksConsent: false };
  return { name: "Site", origins: [], thanks: "", shown: null, ...asks, ...more };
}

/** A lead as the delivery passes it to the mapping. */
export function aLeadToSend(fields: Partial<LeadToSend> = {}): LeadToSend {
  const id = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";
  return { ...EMPTY, id, createdAt: 1_763_719_200_999, page: `http://desk.test/leads/${id}`, ...fields };
}
