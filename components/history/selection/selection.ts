/** Which rows of a list are chosen. `anchor`: where a range begins. `isWhole`: every lead of the filter, on all pages. */
export type Selection = { chosen: ReadonlySet<string>; anchor?: string; isWhole: boolean };

export const nothing: Selection = { chosen: new Set(), isWhole: false };

export function toggleRow({ chosen }: Selection, id: string): Selection {
  const others = [...chosen].filter((other) => other !== id);
  return { chosen: new Set(chosen.has(id) ? others : [...others, id]), anchor: id, isWhole: false };
}

/** From the anchor to this row, whichever comes first. */
export function extendTo(selection: Selection, id: string, ids: readonly string[]): Selection {
  const { chosen, anchor = id } = selection;
  const [first, last] = [ids.indexOf(anchor), ids.indexOf(id)].sort((a, b) => a - b);
  if (first === undefined || first < 0) return toggleRow(selection, id);
  const range = ids.slice(first, (last ?? first) + 1);
  return { chosen: new Set([...chosen, ...range]), anchor, isWhole: false };
}

export function choosePage(ids: readonly string[]): Selection {
  return { chosen: new Set(ids), isWhole: false };
}
