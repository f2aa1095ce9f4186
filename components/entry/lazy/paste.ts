/** The reader and what shows its result are wanted together. */
export { PasteNews, PasteStrip } from "@/components/entry/paste/paste-strip";
export { fillFromPaste } from "@/components/entry/paste/read-paste";
