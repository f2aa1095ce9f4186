import type { Mapping } from "./schema";

/** The settings that stand for our fields and the reference, in the order of .env.example. */
const NAMES = {
  phone: "PHONE",
  email: "EMAIL",
  telegram: "TELEGRAM",
  profession: "CAREER",
  education: "EDUCATION",
  income: "INCOME",
  source: "UTM_SOURCE",
  utm_medium: "UTM_MEDIUM",
  utm_campaign: "UTM_CAMPAIGN",
  utm_content: "UTM_CONTENT",
  utm_term: "UTM_TERM",
  referrer: "UTM_REFERRER",
  reference: "REFERENCE",
} as const;

/** Lines for a .env file that seed the first mapping of another installation. The token is never included. */
export function toEnvLines(
  {
    pipelineId,
    fields,
    reference,
  }: Pick<Mapping, "fields" | "reference"> & {
    pipelineId: number | undefined;
  },
  subdomain: string,
): string {
  const pipeline = pipelineId === undefined ? "# KOMMO_PIPELINE_ID=" : `KOMMO_PIPELINE_ID=${pipelineId}`;
  const targets = { ...fields, reference };
  const ids = Object.entries(NAMES).map(([field, name]) => {
    const target = targets[field as keyof typeof NAMES];
    return target ? `KOMMO_${name}_FIELD_ID=${target.fieldId}` : `# KOMMO_${name}_FIELD_ID=`;
  });
  return [`KOMMO_SUBDOMAIN=${subdomain}`, pipeline, ...ids].join("\n");
}
