import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Target } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";

/** The same target with its current name, type and options, and the chosen kind of value where the field has kinds. */
export function toCurrentTarget(target: Target, { fields }: Pick<Catalogue, "fields">): Target {
  const found = fields.find(({ id, entity }) => id === target.fieldId && entity === target.entity);
  if (!found) return target;
  const { enumCode } = target;
  return { ...toTarget(found), ...(found.type === "multitext" && enumCode && { enumCode }) };
}
