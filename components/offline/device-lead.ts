import * as z from "zod/mini";
import { type Outcome, otherLeadProblems, type SendProblem } from "@/components/lead/send-lead";
import { newId } from "@/components/ui/new-id";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import type { CustomValues } from "@/lib/domain/lead/schema";
import { leadStates } from "@/lib/domain/lead/states";
import { toTitle } from "@/lib/domain/lead/to-title";

const problems = ["invalid", ...otherLeadProblems, "disk_full", "failed"] as const;
/** Only their author can go on. */
const ofAuthor: readonly (string | null)[] = ["invalid", ...otherLeadProblems];

const text = z.catch(z.string(), "");
const customSchema = z.catch(z.record(z.string(), z.union([z.string(), z.array(z.string())])), {});
const contactSchema = z.catch(z.optional(z.number()), undefined);

/** What the form has to know of a saved lead: a correction may leave empty what was empty before. */
const correctedSchema = z.object({
  values: z.catch(z.record(z.string(), z.string()), {}),
  custom: customSchema,
  byForm: z.catch(z.optional(z.literal(true)), undefined),
  opened: z.catch(z.optional(z.object({ state: z.enum(leadStates), at: z.number() })), undefined),
});

/** Lenient: what an earlier version of the page has stored must stay readable. */
const storedSchema = z.object({
  id: z.string(),
  personId: z.string(),
  /** In which they are sent; the device's clock may jump. */
  order: z.catch(z.number(), 0),
  /** When it was typed, by the server's clock (epoch ms). */
  at: z.catch(z.number(), 0),
  lead: z.unknown(),
  /** As it was saved, where this is a correction of a saved lead. */
  corrects: z.catch(z.nullable(correctedSchema), null),
  /** Asked for; certain once the server has said that it has no such lead: a request without an answer may have saved it. */
  undone: z.catch(z.nullable(z.enum(["asked", "certain"])), null),
  /** Under which it is sent again once it is undone for certain: the server takes nothing more under the former. */
  nextId: z.catch(z.optional(z.string()), undefined),
  problem: z.catch(z.nullable(z.enum(problems)), null),
  /** The inputs that the server has refused. */
  wrong: z.catch(z.array(z.string()), []),
});
export type DeviceLead = z.infer<typeof storedSchema>;

export const anySchema = z.record(z.string(), z.unknown());

/** `contact`: of Kommo, as its author has chosen. */
type Typed = Record<LeadField, string> & { custom: CustomValues; contact: number | undefined };

export function toDeviceLead(stored: unknown): DeviceLead | undefined {
  const read = storedSchema.safeParse(stored);
  return read.success ? read.data : undefined;
}

/** Undefined where nothing of it can be read as a lead; then its raw text is shown. */
export function toTyped({ lead }: Pick<DeviceLead, "lead">): Typed | undefined {
  const { data } = anySchema.safeParse(lead);
  if (!data) return undefined;
  const values = leadFields.map((field) => [field, text.parse(data[field])] as const);
  if (values.every(([, value]) => value === "")) return undefined;
  return {
    ...(Object.fromEntries(values) as Record<LeadField, string>),
    custom: customSchema.parse(data.custom),
    contact: contactSchema.parse(data.contact),
  };
}

export function toName(lead: DeviceLead): string | undefined {
  const typed = toTyped(lead);
  return (typed && toTitle(typed)) || undefined;
}

/** Only its author can go on with it: the server has refused it, or nobody can read it. */
export function needsAuthor(lead: DeviceLead): boolean {
  return ofAuthor.includes(lead.problem) || !toTyped(lead);
}

/** The same where no server counts it: a refused correction leaves its lead as it was, which may need its author there too. */
export function isOnlyHere(lead: DeviceLead): boolean {
  const isCounted = lead.problem === "invalid" && lead.corrects?.opened?.state === "needs_fix";
  return needsAuthor(lead) && !isCounted;
}

/** What is to be done about it once there is a connection. What the server has refused waits for its author. */
export function toTask(lead: DeviceLead): "send" | "withdraw" | undefined {
  if (needsAuthor(lead)) return undefined;
  if (lead.undone === null) return "send";
  return lead.undone === "asked" ? "withdraw" : undefined;
}

/** There was nobody to refuse it, so it can wait on the device; its id makes a repeat safe. */
export function isUnreachable(problem: SendProblem): boolean {
  return problem === "offline" || problem === "no_answer";
}

/** The lead after it was sent; undefined: the server has it. One that was undone meanwhile has to be withdrawn there. */
export function toSent(lead: DeviceLead, outcome: Outcome): DeviceLead | undefined {
  const isLate = outcome.kind === "problem" && outcome.problem === "already_left";
  if (lead.undone && !isLate) return lead;
  if (outcome.kind === "saved") return undefined;
  if (outcome.kind === "invalid") return { ...lead, problem: "invalid", wrong: Object.keys(outcome.fields) };
  return { ...lead, problem: problems.find((known) => known === outcome.problem) ?? null };
}

/** The lead after it was withdrawn; undefined: the server had it, and shows it as withdrawn. */
export function toWithdrawn(lead: DeviceLead, code: string | undefined): DeviceLead | undefined {
  if (code === undefined) return undefined;
  if (code === "not_found") return { ...lead, undone: "certain", nextId: newId() };
  return code === "already_left" ? { ...lead, problem: "already_left" } : lead;
}
