/** Parts of the form that come later, in five files: with the first input, a paste or a press of a key. */
export const loadParts = () => import("./parts");
export const loadPaste = () => import("./paste");
export const loadPeople = () => import("@/components/entry/people/people-grid");
export const loadDuplicates = () => import("./duplicates");
/** Undefined where they did not come: then the server's checks alone count. */
export const loadChecks = () => import("@/components/entry/fields/checks").catch(() => undefined);
