import type { History } from "./history";
import type { KommoModel } from "./kommo-model";

/** What a person who typed a lead was told of it. */
export type Known = History["leads"][number] & {
  id: string;
  /** As acknowledged; undefined before it was saved. */
  words: string | undefined;
  /** Words that are being saved. */
  isLeavingUnknown?: string;
  /** Undefined once the database was copied back to when it was otherwise. */
  isWithdrawn: boolean | undefined;
  /** The end of its hold, in virtual ms. */
  heldUntil: number;
  /** By a person, who saw nothing of it in Kommo. */
  isResent: boolean;
};

export type Row = {
  id: string;
  state: string;
  problem: string | null;
  due_at: number;
  sent_at: number | null;
  kommo_lead_id: number | null;
  twin_id: number | null;
  watch_until: number | null;
};

type End = { history: History; known: Known[]; rows: Row[]; kommo: KommoModel };

/** Everything that is wrong at the end of a history. */
export function checkHistory(end: End): string[] {
  return end.known.flatMap((known) => {
    const row = end.rows.find(({ id }) => id === known.id);
    if (!row) return known.words === undefined ? [] : [`${known.id.slice(-4)} is lost: there is no row`];
    return checkLead(known, row, end).map((wrong) => `${known.id.slice(-4)} ${wrong}`);
  });
}

function checkLead(known: Known, row: Row, { history, kommo }: End): string[] {
  const copies = kommo.records.filter(({ ours }) => ours === known.id);
  const standing = kommo.listStanding(known.id);
  const wrong: string[] = [];
  if (known.isWithdrawn && (copies.length > 0 || row.state !== "withdrawn"))
    wrong.push(`was acknowledged as withdrawn and is ${row.state}, with ${copies.length} copies in Kommo`);
  if (known.isWithdrawn === false && row.state === "withdrawn")
    wrong.push("is withdrawn, which nobody asked for");
  if (["held", "queued", "sending", "checking"].includes(row.state)) wrong.push(`is stuck in ${row.state}`);
  if (row.state === "confirmed") wrong.push(...checkConfirmed(row, copies, standing));
  const isFlagged = row.twin_id !== null || row.state === "needs_admin";
  if (standing.length > 1 && !isFlagged)
    wrong.push(`stands in Kommo as #${standing.join(", #")}, not flagged`);
  if (standing.length > 1 && history.hasReference && !isExcused(known, copies, kommo))
    wrong.push(`stands in Kommo as #${standing.join(", #")}, which its reference would have told`);
  if (row.twin_id !== null && copies.length < 2) wrong.push("is flagged as doubled and has one copy");
  if (!known.isBad && row.state === "needs_fix") wrong.push("needs to be fixed, and is sound");
  const isToBlame = known.isPoison || (kommo.failedAlone.get(known.id) ?? 0) >= 3;
  if (row.problem === "unsendable" && !isToBlame) wrong.push("is called unsendable, and is sound");
  if (history.hasReference && row.state === "needs_admin")
    wrong.push(...checkAsked(row, copies, standing, kommo));
  if (history.hasReference && history.tellsCreation && isAskedOfDeclined(row, copies))
    wrong.push("waits for a person, and Kommo's events tell that it was declined");
  return wrong;
}

function checkConfirmed(row: Row, copies: KommoModel["records"], standing: number[]): string[] {
  if (copies.length === 0) return ["is confirmed and lost: Kommo never had it"];
  const own = [...copies.map(({ id }) => id), ...standing];
  return own.includes(row.kommo_lead_id ?? 0)
    ? []
    : [`is confirmed as #${row.kommo_lead_id}, which is another lead`];
}

/** A request that came later than any should, a reference that a merge has lost, or a person who sent it again. */
function isExcused(known: Known, copies: KommoModel["records"], kommo: KommoModel): boolean {
  const isLost = (into: number | null) =>
    kommo.records.some(({ id, reference }) => id === into && reference !== known.id);
  return known.isResent || copies.some(({ isOverdue, mergedInto }) => isOverdue || isLost(mergedInto));
}

function isAskedOfDeclined(row: Row, copies: KommoModel["records"]): boolean {
  const isTold = copies.some(
    ({ status, createdWith, isOverdue }) => status === "declined" && createdWith === row.id && !isOverdue,
  );
  return row.state === "needs_admin" && row.problem === "unclear" && isTold;
}

/** With a reference nobody has to be asked about a lead that stands there with it, or that surely is nowhere. */
function checkAsked(
  row: Row,
  copies: KommoModel["records"],
  standing: number[],
  kommo: KommoModel,
): string[] {
  if (row.problem !== "unclear" && row.problem !== "merged") return [];
  const isReadable = kommo.records.some(
    ({ id, reference, isOverdue }) => reference === row.id && standing.includes(id) && !isOverdue,
  );
  if (isReadable) return ["waits for a person, and a reference in Kommo tells where it is"];
  // Another lead that was merged, or declined, may as well have been this one, or one of its person have taken it in.
  const isAnother = kommo.records.some(
    ({ status, appliedAt, updatedAt }) =>
      status === "declined" || status === "merged" || updatedAt > appliedAt,
  );
  return copies.length === 0 && !isAnother ? ["waits for a person, and is surely not in Kommo"] : [];
}
