/** One file: when one of them is wanted there may be no connection for the next. */
export { CorrectionLine } from "@/components/entry/correction-line";
export { CustomFields, FirstFields } from "@/components/entry/fields/custom-fields";
export { FieldWarning } from "@/components/entry/fields/field-warning";
export { placeProblems } from "@/components/entry/fields/place-problems";
export { LeadGoneNotice } from "@/components/entry/lead-gone-notice";
export { LinkLine } from "@/components/entry/link-line";
export { OnThisDevice } from "@/components/entry/on-this-device";
export { SendNotice } from "@/components/entry/send-notice";
export { ShortcutHelp } from "@/components/entry/shortcuts/shortcut-help";
export { actOnLead } from "@/components/lead/act-on-lead";
export { sendCorrection, sendLead } from "@/components/lead/send-lead";
export { settleOnDevice } from "@/components/offline/keep-unsent";
