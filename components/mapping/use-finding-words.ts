import { useTranslations } from "next-intl";
import { useTypeName } from "@/components/catalogue/use-type-name";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { type Finding, type Mapping, vitalFields } from "@/lib/domain/mapping/schema";
import { useTargetName } from "./use-target-name";

/** What happened, what it means for the leads, and what the button does. */
export function useFindingWords(mapping: Mapping, catalogue: Catalogue) {
  const t = useTranslations();
  const toName = useTargetName(mapping, catalogue);
  const toTypeName = useTypeName();

  return {
    toSentence({ kind, place, values }: Finding): string {
      const types = kind.endsWith("_retyped") || kind === "field_unfit";
      return t(`drift.${kind}`, {
        ...values,
        place: toName(place),
        ...(types && {
          before: toTypeName(String(values.before ?? "")),
          now: toTypeName(String(values.now ?? "")),
        }),
        ...(kind === "field_moved" && { entity: String(values.entity) }),
      });
    },
    toConsequence({ kind, place, breaks }: Finding): string {
      if (!breaks) return t("drift.means.nothing");
      if (kind.startsWith("pipeline")) return t("drift.means.all_wait");
      if (kind.startsWith("park")) return t("drift.means.unparked");
      if (place === "reference") return t("drift.means.without_reference");
      if (place === "consent") return t("drift.means.without_consent");
      const isVital =
        vitalFields.some((field) => field === place) ||
        mapping.custom.some(({ key, required }) => key === place && required);
      if (isVital) return t("drift.means.wait");
      return t(mapping.parkIn ? "drift.means.parked" : "drift.means.left_out");
    },
    toFix({ fix }: Finding): string {
      switch (fix.kind) {
        case "use_field":
        case "put_on_form":
          return t(`drift.fixes.${fix.kind}`, { name: fix.target.name ?? String(fix.target.fieldId) });
        case "use_pipeline": {
          const pipeline = catalogue.pipelines.find(({ id }) => id === fix.pipelineId);
          return t("drift.fixes.use_pipeline", { name: pipeline?.name ?? String(fix.pipelineId) });
        }
        default:
          return t(`drift.fixes.${fix.kind}`);
      }
    },
  };
}
