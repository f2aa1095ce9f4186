import type { Lead } from "@/lib/domain/lead/schema";
import { readTelegram } from "@/lib/domain/lead/telegram";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { checkCustom } from "./check-custom";

type Rules = Pick<FormFields, "required" | "custom" | "sources" | "isFreeSource">;

/** What the published mapping asks of a lead beside the standing rules: problems by input name. */
export function checkLead(lead: Lead, rules: Rules): Record<string, string> {
  const { required } = rules;
  const values = withPhone(lead);
  const missing = required.filter((field) => values[field] === "");
  return {
    ...Object.fromEntries(missing.map((field) => [field, "required"])),
    ...checkCustom(lead.custom ?? {}, lead.source, rules),
  };
}

/** As it is saved: a Telegram link that holds a phone is that phone, unless there is another. */
function withPhone(lead: Lead): Lead {
  const isPhone = lead.phone === "" && readTelegram(lead.telegram).kind === "phone";
  return isPhone ? { ...lead, phone: lead.telegram, telegram: "" } : lead;
}
