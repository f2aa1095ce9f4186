import { useLocale, useTranslations } from "next-intl";
import { leadFields } from "@/lib/domain/lead/fields";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import type { Mapping } from "@/lib/domain/mapping/schema";

/** The name of a target for people: one of our fields, a custom field, or a setting. */
export function useTargetName(mapping: Mapping, catalogue?: Catalogue): (place: string) => string {
  const t = useTranslations();
  const locale = useLocale() === "ru" ? "ru" : "en";

  return (place) => {
    const field = leadFields.find((known) => known === place);
    if (field) return t(`lead.fields.${field}`);
    if (t.has(`mapping.places.${place}`)) return t(`mapping.places.${place}`);
    const custom = mapping.custom.find(({ key }) => key === place);
    const known = catalogue?.fields.find(({ entity, id }) => `${entity}:${id}` === place);
    return custom?.label[locale] || custom?.target.name || known?.name || place;
  };
}
