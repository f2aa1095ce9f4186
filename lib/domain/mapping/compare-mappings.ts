import { leadFields } from "@/lib/domain/lead/fields";
import { toLayout } from "./layout";
import { isLeftToKommo } from "./leave-to-kommo";
import {
  type CustomField,
  type Difference,
  type Mapping,
  mappableFields,
  type OwnField,
  type Target,
} from "./schema";

const SETTINGS = [
  "sourceName",
  "formId",
  "formName",
  "formPage",
  "leadName",
  "defaultCountry",
  "extensionForm",
  "holdSeconds",
] as const;

/** The changes from one mapping to the next, as message keys with values. */
export function compareMappings(before: Mapping, after: Mapping): Difference[] {
  return [
    ...compareFields(before, after),
    ...compareCustom(before.custom, after.custom),
    ...comparePipelines(before, after),
    ...SETTINGS.flatMap((name) =>
      when(before[name] !== after[name], "setting", name, {
        before: before[name] ?? "",
        after: after[name] ?? "",
      }),
    ),
    ...when(!isSame(before.tags, after.tags), "tags", "tags", {
      before: before.tags.join(", "),
      after: after.tags.join(", "),
    }),
    ...when(!isSame(before.sources, after.sources), "sources", "sources", {
      before: before.sources.map(({ name }) => name).join(", "),
      after: after.sources.map(({ name }) => name).join(", "),
    }),
    ...when(before.isFreeSource !== after.isFreeSource, "free_source", "isFreeSource", {
      after: String(after.isFreeSource),
    }),
    ...mappableFields.flatMap((field) =>
      when(
        before.keptOnForm.includes(field) !== after.keptOnForm.includes(field),
        after.keptOnForm.includes(field) ? "kept_on_form" : "off_form",
        field,
        {},
      ),
    ),
    ...compareOwnFields(before, after),
    ...when(!isSameTarget(before.parkIn, after.parkIn), "park", "parkIn", {
      before: toName(before.parkIn),
      after: toName(after.parkIn),
    }),
    ...when(!isSameTarget(before.reference, after.reference), "reference", "reference", {
      before: toName(before.reference),
      after: toName(after.reference),
    }),
    ...when(!isSameTarget(before.consent, after.consent), "consent", "consent", {
      before: toName(before.consent),
      after: toName(after.consent),
    }),
    ...after.leftToKommo.flatMap(({ place, name }) =>
      when(!isLeftToKommo(before, place), "left_to_kommo", place, { after: name }),
    ),
    ...before.leftToKommo.flatMap(({ place, name }) =>
      when(!isLeftToKommo(after, place), "asked_for_again", place, { after: name }),
    ),
  ];
}

function comparePipelines(before: Mapping, after: Mapping): Difference[] {
  const values = {
    before: before.pipelineName ?? before.pipelineId,
    after: after.pipelineName ?? after.pipelineId,
  };
  if (before.pipelineId !== after.pipelineId) return when(true, "pipeline", "pipeline", values);
  return when(before.pipelineName !== after.pipelineName, "pipeline_accepted", "pipeline", values);
}

function compareFields(before: Mapping, after: Mapping): Difference[] {
  return mappableFields.flatMap((field) => {
    const [was, is] = [before.fields[field], after.fields[field]];
    const values = { before: toName(was), after: toName(is) };
    if (!was || !is) {
      return when(was !== is, is ? "field_added" : "field_removed", field, values);
    }
    if (!isSameTarget(was, is) || was.enumCode !== is.enumCode)
      return when(true, "field_changed", field, values);
    const [words, newWords] = [before.optionsOf[field] ?? {}, after.optionsOf[field] ?? {}];
    if (!isSame(words, newWords)) return when(true, "options_changed", field, values);
    return when(!isSame(toFacts(was), toFacts(is)), "field_accepted", field, values);
  });
}

function compareCustom(before: CustomField[], after: CustomField[]): Difference[] {
  const kept = after.filter(({ key }) => before.some((other) => other.key === key));
  const was = before.filter(({ key }) => after.some((other) => other.key === key));
  return [
    ...after.flatMap((field) =>
      when(!kept.includes(field), "custom_added", field.key, { after: toName(field.target) }),
    ),
    ...before.flatMap((field) =>
      when(!was.includes(field), "custom_removed", field.key, { before: toName(field.target) }),
    ),
    ...kept.flatMap((field) => {
      const old = was.find(({ key }) => key === field.key);
      const code = isSame({ ...old, target: field.target }, field) ? "field_accepted" : "custom_changed";
      return when(!isSame(old, field), code, field.key, { after: toName(field.target) });
    }),
    ...when(!isSame(kept.map(toKey), was.map(toKey)), "custom_order", "custom", {}),
  ];
}

/** What our fields are called, and what the form does with them. */
function compareOwnFields(before: Mapping, after: Mapping): Difference[] {
  return [
    ...leadFields.flatMap((field) => {
      const [was, is] = [before.ownFields[field], after.ownFields[field]];
      const names = { before: toLabel(was), after: toLabel(is) };
      return [
        ...when(
          names.before !== names.after,
          names.after ? "own_renamed" : "own_name_standard",
          field,
          names,
        ),
        ...when(
          Boolean(was?.isRequired) !== Boolean(is?.isRequired),
          is?.isRequired ? "own_required" : "own_optional",
          field,
          {},
        ),
        ...when(
          Boolean(was?.isHidden) !== Boolean(is?.isHidden),
          is?.isHidden ? "own_hidden" : "own_shown",
          field,
          {},
        ),
      ];
    }),
    ...compareLayouts(toLayout(before.layout), toLayout(after.layout)),
  ];
}

function compareLayouts(before: Mapping["layout"], after: Mapping["layout"]): Difference[] {
  const toFirst = before.more.filter((field) => after.first.includes(field));
  const toMore = before.first.filter((field) => after.more.includes(field));
  const moved = [...toFirst, ...toMore];
  const toRest = ({ first, more }: Mapping["layout"]) =>
    [...first, ...more].filter((field) => !moved.includes(field));
  return [
    ...toFirst.flatMap((field) => when(true, "own_to_first", field, {})),
    ...toMore.flatMap((field) => when(true, "own_to_more", field, {})),
    ...when(!isSame(toRest(before), toRest(after)), "own_order", "layout", {}),
  ];
}

function toLabel({ label }: Pick<OwnField, "label"> = { label: { en: "", ru: "" } }): string {
  return [...new Set([label.en, label.ru])].filter(Boolean).join(" / ");
}

function when(
  isSo: boolean,
  code: Difference["code"],
  place: string,
  values: Difference["values"],
): Difference[] {
  return isSo ? [{ code, place, values }] : [];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSameTarget(one: Target | null, other: Target | null): boolean {
  return one?.entity === other?.entity && one?.fieldId === other?.fieldId;
}

/** Accepting new facts of a field is a change too; without it the drift would stay. */
function toFacts({ name, type, options = [] }: Target): unknown {
  return [name, type, options.map(({ id, value }) => [id, value])];
}

function toName(target: Target | null | undefined): string {
  return target ? (target.name ?? String(target.fieldId)) : "";
}

function toKey({ key }: CustomField): string {
  return key;
}
