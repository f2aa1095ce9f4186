import type { Resolver } from "react-hook-form";
import type { FormFields } from "@/lib/domain/mapping/schema";
import type { TypedLead } from "./lead-input";

/** The rules come with the first key instead of with the page. */
export const loadRules = () =>
  import("./to-resolver").then(
    ({ toResolver }) => toResolver,
    () => undefined,
  );

/** Where the rules did not come, the server's word alone counts: it checks every lead anyway. */
export function checkLater(rules: FormFields): Resolver<TypedLead> {
  return async (lead, context, options) => {
    const toResolver = await loadRules();
    return toResolver ? toResolver(rules)(lead, context, options) : { values: lead, errors: {} };
  };
}
