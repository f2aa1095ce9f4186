import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Target } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";

/** The same place with the name, type and options that it has today, and the kind of value chosen where there are kinds. */
export function toPresent(target: Target, { fields }: Pick<Catalogue, "fields">): Target {
  const found = fields.find(({ id, entity }) => id === target.fieldId && entity === target.entity);
  if (!found) return target;
  const { enumCode } = target;
  return { ...toTarget(found), ...(found.type === "multitext" && enumCode && { enumCode }) };
}
