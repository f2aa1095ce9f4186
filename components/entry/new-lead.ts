import type { TypedLead } from "@/components/entry/fields/lead-input";
import type { Lead } from "@/lib/domain/lead/schema";

const empty: Omit<Lead, "id"> = {
  phone: "",
  name: "",
  surname: "",
  telegram: "",
  source: "",
  email: "",
  profession: "",
  education: "",
  income: "",
  utm_medium: "",
  utm_campaign: "",
  utm_content: "",
  utm_term: "",
  referrer: "",
  custom: {},
};

/** The id is minted here and kept through every retry, so however often a lead is sent, it is one lead. */
export function newLead(typed: Partial<TypedLead> = {}): TypedLead {
  return { ...empty, id: newId(), ...typed };
}

/** Browsers hide randomUUID on plain http, which is how a phone at a fair may reach the desk. */
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
