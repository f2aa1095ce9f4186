/** Parts of the form that come later, in four files: with the first input, a paste or a press of a key. */
export const loadParts = () => import("./parts");
export const loadPaste = () => import("./paste");
export const loadDuplicates = () => import("@/components/entry/duplicates/duplicate-hint");
/** Undefined where they did not come: then the server's checks alone count, and the lead is sent by its route. */
export const loadChecks = () => import("./checks").catch(() => undefined);
