import { type Finding, type Mapping, vitalFields } from "@/lib/domain/mapping/schema";
import { isAffected, type TypedValues, toTargetValues } from "./to-target-values";

/**
 * Findings that keep this lead from being sent: the pipeline, the phone or a required field is broken in
 * Kommo, and the lead has a value for it. Any other value goes to the fallback field, and the lead is sent.
 */
export function findBlockers(lead: TypedValues, mapping: Mapping, drift: Finding[]): Finding[] {
  const broken = drift.filter(({ breaks }) => breaks);
  if (broken.length === 0) return [];
  const required = mapping.custom.filter((field) => field.required).map(({ key }) => key);
  const needed: string[] = [...vitalFields, ...required];
  const { tried } = toTargetValues(lead, mapping, drift);
  return broken.filter((finding) => {
    if (finding.place === "pipeline") return true;
    const values = tried.get(finding.place);
    return (
      needed.includes(finding.place) && values !== undefined && isAffected(finding, finding.place, values)
    );
  });
}
