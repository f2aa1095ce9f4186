import { z } from "zod";
import { leadFields } from "@/lib/leads/schema";

/** Name and surname are the contact's own; every other typed field goes to a custom field of Kommo. */
export const mappableFields = leadFields.filter(isMappable);
export type MappableField = Exclude<(typeof leadFields)[number], "name" | "surname">;

export const contactFields: readonly MappableField[] = ["phone", "email", "telegram"];

const targetSchema = z.object({
  entity: z.enum(["contacts", "leads"]),
  fieldId: z.number().int().positive(),
  enumCode: z.string().optional(),
});
export type Target = z.infer<typeof targetSchema>;

/** Where each typed field goes in Kommo, and the names an incoming lead carries. */
export const mappingSchema = z.object({
  pipelineId: z.number().int().positive(),
  sourceName: z.string().default("Internal Team Form"),
  formId: z.string().default("internal-team-form"),
  formName: z.string().default("Team Lead Submission"),
  leadName: z.string().default("Заявка: {name} {surname}"),
  tags: z.array(z.string()).default([]),
  fields: z.partialRecord(z.enum(mappableFields), targetSchema),
});
export type Mapping = z.infer<typeof mappingSchema>;

function isMappable(field: (typeof leadFields)[number]): field is MappableField {
  return field !== "name" && field !== "surname";
}
