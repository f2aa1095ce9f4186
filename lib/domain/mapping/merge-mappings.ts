import { isLeftToKommo } from "./leave-to-kommo";
import type { CustomField, Mapping } from "./schema";

/** Mine where I changed something, theirs elsewhere. Where both changed the same thing mine wins. */
export function mergeMappings(base: Mapping, mine: Mapping, theirs: Mapping): Mapping {
  return {
    ...mergeKeys(base, mine, theirs),
    fields: mergeKeys(base.fields, mine.fields, theirs.fields),
    optionsOf: mergeKeys(base.optionsOf, mine.optionsOf, theirs.optionsOf),
    ownFields: mergeKeys(base.ownFields, mine.ownFields, theirs.ownFields),
    custom: mergeCustom(base.custom, mine.custom, theirs.custom),
    leftToKommo: mergeLeft(base, mine, theirs),
  };
}

function mergeKeys<T extends object>(base: T, mine: T, theirs: T): T {
  const merged = { ...theirs };
  for (const key of toKeys(base, mine)) {
    if (isSame(base[key], mine[key])) continue;
    if (mine[key] === undefined) delete merged[key];
    else merged[key] = mine[key];
  }
  return merged;
}

/** All fields that either of us left to Kommo, without those that either of us wants on the form again. */
function mergeLeft(base: Mapping, mine: Mapping, theirs: Mapping): Mapping["leftToKommo"] {
  const isKept = ({ place }: { place: string }) => !isLeftToKommo(base, place) || isLeftToKommo(mine, place);
  const isAdded = ({ place }: { place: string }) =>
    !isLeftToKommo(base, place) && !isLeftToKommo(theirs, place);
  return [...theirs.leftToKommo.filter(isKept), ...mine.leftToKommo.filter(isAdded)];
}

function mergeCustom(base: CustomField[], mine: CustomField[], theirs: CustomField[]): CustomField[] {
  const [wasOf, theirsOf] = [toRecord(base), toRecord(theirs)];
  const merged = mergeKeys(wasOf, toRecord(mine), theirsOf);
  const hasMyOrder = !isSame(
    Object.keys(wasOf),
    mine.map(({ key }) => key),
  );
  const order = hasMyOrder ? [...mine, ...theirs] : [...theirs, ...mine];
  return [...new Set(order.map(({ key }) => key))].flatMap((key) => merged[key] ?? []);
}

function toRecord(custom: CustomField[]): Record<string, CustomField> {
  return Object.fromEntries(custom.map((field) => [field.key, field]));
}

function toKeys<T extends object>(...objects: T[]): (keyof T)[] {
  return [...new Set(objects.flatMap(Object.keys))] as (keyof T)[];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
