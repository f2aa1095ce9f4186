import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldErrors, Resolver } from "react-hook-form";
import { type Lead, leadSchema } from "@/lib/domain/lead/schema";
import { checkCustom } from "@/lib/domain/mapping/check-custom";
import type { FormFields } from "@/lib/domain/mapping/schema";

const PREFIX = "custom.";

/** What the server will ask of a lead, asked in the browser: the form's own fields, and those of the published mapping. */
export function toResolver(rules: FormFields): Resolver<Lead> {
  const ofOwn = zodResolver(leadSchema);
  return async (values, context, options) => {
    const result = await ofOwn(values, context, options);
    const wrong = checkCustom(values.custom ?? {}, values.source, rules);
    if (Object.keys(wrong).length === 0) return result;
    return { values: {}, errors: { ...toErrors(wrong), ...result.errors } };
  };
}

function toErrors(wrong: Record<string, string>): FieldErrors<Lead> {
  const all = Object.entries(wrong).map(([name, message]) => [name, { type: "custom", message }] as const);
  const custom = all.flatMap(([name, error]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), error] as const] : [],
  );
  return {
    ...Object.fromEntries(all.filter(([name]) => !name.startsWith(PREFIX))),
    ...(custom.length > 0 && { custom: Object.fromEntries(custom) }),
  };
}
