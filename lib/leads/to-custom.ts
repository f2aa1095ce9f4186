import { type CustomValues, customSchema } from "./schema";

/** As the column keeps them. */
export function toCustom(text: string | null): CustomValues {
  return text === null ? {} : customSchema.parse(JSON.parse(text));
}
