/** What a lead meets on its way to the server. The actions bring a second copy of React's client for them with 8 KB. */
export { checkField, toResolver } from "@/components/entry/fields/checks";
export { correctLead, submitLead } from "@/lib/leads/actions";
