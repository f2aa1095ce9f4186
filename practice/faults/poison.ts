import { z } from "zod";

/**
 * A standing rule: every item it matches is refused with one validation error of this `path` and `code`; or its whole batch is
 * not applied and answered by a gateway's 504, or never. docs/kommo-api.md §1.3
 */
export type Poison = {
  /** Fits an item whose lead or contact has this text in its name. */
  marker?: string;
  matches?: (item: unknown) => boolean;
  path?: string;
  code?: PoisonCode;
  /** "refused" unless said. */
  effect?: PoisonEffect;
};

type PoisonEffect = z.infer<typeof poisonSchema>["effect"];
type PoisonCode = z.infer<typeof poisonSchema>["code"];

export const poisonSchema = z.strictObject({
  marker: z.string().min(1),
  path: z.string().default("_embedded.leads.0.name"),
  code: z
    .enum(["FieldMissing", "FieldNotExpected", "NotSupportedChoice", "InvalidType"])
    .default("NotSupportedChoice"),
  effect: z.enum(["refused", "504", "hang"]).default("refused"),
});
