/** One file: when one of them is wanted there may be no connection for the next. */
export { CorrectionLine } from "@/components/entry/correction-line";
export { CustomFields, FirstFields } from "@/components/entry/fields/custom-fields";
export { FieldWarning } from "@/components/entry/fields/field-warning";
export { LeadGoneNotice } from "@/components/entry/lead-gone-notice";
export { LinkLine } from "@/components/entry/link-line";
export { SendNotice } from "@/components/entry/send-notice";
export { ShortcutHelp } from "@/components/entry/shortcuts/shortcut-help";
