/** One file: when one of them is wanted there may be no connection for the next. */
export { CorrectionLine } from "@/components/entry/correction-line";
export { CustomFields, FirstFields } from "@/components/entry/fields/custom-fields";
export { FieldWarning } from "@/components/entry/fields/field-warning";
export { LeadGoneNotice } from "@/components/entry/lead-gone-notice";
export { LinkLine } from "@/components/entry/link-line";
export { OnThisDevice } from "@/components/entry/on-this-device";
export { SendNotice } from "@/components/entry/sending/send-notice";
export { sendPressed } from "@/components/entry/sending/send-pressed";
export { ShortcutHelp } from "@/components/entry/shortcuts/shortcut-help";
export { actOnLead } from "@/components/lead/act-on-lead";
