/** What looks for duplicates and what shows them are wanted together. */
export { DuplicateHint } from "@/components/entry/duplicates/duplicate-hint";
export { DuplicateLookup } from "@/components/entry/duplicates/duplicate-lookup";
export { hintedFields } from "@/components/entry/duplicates/to-field-hint";
