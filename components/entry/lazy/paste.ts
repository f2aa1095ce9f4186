/** The reader and what shows its result are wanted together. */
export { noteLeftovers, readAsOne, undoPaste } from "@/components/entry/paste/paste-acts";
export { PasteNews, PasteStrip } from "@/components/entry/paste/paste-strip";
export { noteLongComment } from "@/components/entry/paste/place-leftovers";
export { fillFromPaste, toOwnText } from "@/components/entry/paste/read-paste";
