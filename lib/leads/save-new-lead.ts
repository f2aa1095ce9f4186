import "server-only";
import { inGroups } from "@/lib/db/in-groups";
import { indexNewLeads, type LeadToIndex } from "./index-lead";
import { type NewLead, saveNew } from "./transitions";

/**
 * Saves a lead that is held, and what it is found by. Answers after the commit whether its id was new; where it is there
 * already, nothing changes. Presses of the same moment share a commit.
 */
export const saveNewLead = inGroups<LeadToIndex<NewLead>, boolean>((leads, db) => {
  // Of the same press twice in one moment, one is new.
  const firstOfId = new Map(leads.toReversed().map((lead) => [lead.row.id, lead]));
  return db.transaction().execute(async (tx) => {
    const firsts = [...firstOfId.values()];
    const rows = firsts.map(({ row }) => row);
    const saved = await saveNew(rows, "held", tx);
    await indexNewLeads(
      firsts.filter(({ row }) => saved.has(row.id)),
      tx,
    );
    return leads.map((lead) => firstOfId.get(lead.row.id) === lead && saved.has(lead.row.id));
  });
});
