import { describe, expect, test } from "vitest";
import {
  compareLeads,
  countOpen,
  type DifferenceKind,
  type EnteredLead,
  type Look,
  toVerdict,
} from "@/lib/domain/daily-proof/compare-leads";
import { leadStates } from "@/lib/domain/lead/states";

function aLead(more: Partial<EnteredLead> = {}): EnteredLead {
  return { id: "one", state: "confirmed", kommoLeadId: 11, twinId: null, isFresh: false, ...more };
}

function aLook(
  more: { standing?: number[]; trashed?: number[]; unread?: number[]; carriers?: [string, number[]][] } = {},
): Look {
  const { standing = [], trashed = [], unread = [], carriers = [] } = more;
  const sets = { standing: new Set(standing), trashed: new Set(trashed), unread: new Set(unread) };
  return { ...sets, carriers: new Map(carriers) };
}

function aTally(kind: DifferenceKind, accepted = 0, count = 1) {
  return { kind, count, accepted };
}

const counted = (counts: object) => ({
  entered: 0,
  withdrawn: 0,
  confirmed: 0,
  found: 0,
  trashed: 0,
  ...counts,
});

describe("a day is proven", () => {
  test("when each lead is confirmed and Kommo has it by its id", () => {
    const leads = [aLead(), aLead({ id: "two", kommoLeadId: 12 })];

    const { counts, differences } = compareLeads(leads, aLook({ standing: [11, 12, 99] }));

    expect(counts).toEqual(counted({ entered: 2, confirmed: 2, found: 2 }));
    expect(differences).toEqual([]);
    expect(toVerdict(counts, [], 0)).toBe("equal");
  });

  test("when people in Kommo have declined a lead: it lies in the trash", () => {
    const { counts, differences } = compareLeads([aLead()], aLook({ trashed: [11] }));

    expect(counts).toEqual(counted({ entered: 1, confirmed: 1, found: 1, trashed: 1 }));
    expect(differences).toEqual([]);
  });

  test("without a withdrawn lead, which is not meant to be in Kommo", () => {
    const { counts, differences } = compareLeads([aLead({ state: "withdrawn", kommoLeadId: null })], aLook());

    expect(counts).toEqual(counted({ withdrawn: 1 }));
    expect(differences).toEqual([]);
  });

  test("when the lead stands under another id, after Kommo has merged it: that is told and counts as found", () => {
    const look = aLook({ standing: [7], carriers: [["one", [7]]] });

    const { counts, differences } = compareLeads([aLead()], look);

    expect(counts).toEqual(counted({ entered: 1, confirmed: 1, found: 1 }));
    expect(differences).toEqual([{ kind: "moved", leadId: "one", kommoLeadId: 7, otherId: 11 }]);
    expect(toVerdict(counts, [aTally("moved")], 1)).toBe("equal");
  });

  test("when nothing was entered", () => {
    const { counts, differences } = compareLeads([], aLook({ standing: [1] }));

    expect([counts, differences]).toEqual([counted({}), []]);
    expect(toVerdict(counts, [], 0)).toBe("equal");
  });
});

describe("a difference", () => {
  test("a confirmed lead is missing when Kommo has it neither standing nor in the trash", () => {
    const { counts, differences } = compareLeads([aLead()], aLook({ standing: [12] }));

    expect(counts).toEqual(counted({ entered: 1, confirmed: 1 }));
    expect(differences).toEqual([{ kind: "missing", leadId: "one", kommoLeadId: 11, otherId: null }]);
    expect(toVerdict(counts, [aTally("missing")], 1)).toBe("different");
  });

  test("a lead that arrived just now is not missing: Kommo's lists may not show it yet", () => {
    const { counts, differences } = compareLeads([aLead({ isFresh: true })], aLook());

    expect(counts).toEqual(counted({ entered: 1, confirmed: 1 }));
    expect(differences).toMatchObject([{ kind: "waiting", kommoLeadId: 11 }]);
  });

  test("a lead is unseen when it does not stand there and the trash was not read to its end", () => {
    const { counts, differences } = compareLeads([aLead()], aLook({ unread: [11] }));

    expect(counts).toEqual(counted({ entered: 1, confirmed: 1 }));
    expect(differences).toMatchObject([{ kind: "unseen", kommoLeadId: 11 }]);
  });

  test("a lead whose first copy lies in the trash has moved to the one that stands", () => {
    const look = aLook({ standing: [12], trashed: [11], carriers: [["one", [12]]] });

    const { counts, differences } = compareLeads([aLead()], look);

    expect(counts).toEqual(counted({ entered: 1, confirmed: 1, found: 1 }));
    expect(differences).toEqual([{ kind: "moved", leadId: "one", kommoLeadId: 12, otherId: 11 }]);
  });

  test("a carrier that was deleted since the list was read does not count", () => {
    const { differences } = compareLeads([aLead()], aLook({ standing: [11], carriers: [["one", [11, 12]]] }));

    expect(differences).toEqual([]);
  });

  test.each([
    ["another lead carries the same reference", {}, [["one", [11, 12]]]],
    ["the second copy that was noticed before still stands", { twinId: 12 }, []],
  ] satisfies [string, Partial<EnteredLead>, [string, number[]][]][])(
    "a lead is doubled when %s",
    (_, more, carriers) => {
      const { counts, differences } = compareLeads([aLead(more)], aLook({ standing: [11, 12], carriers }));

      expect(counts).toEqual(counted({ entered: 1, confirmed: 1, found: 1 }));
      expect(differences).toEqual([{ kind: "doubled", leadId: "one", kommoLeadId: 11, otherId: 12 }]);
      expect(toVerdict(counts, [aTally("doubled")], 1)).toBe("different");
    },
  );

  test("a second copy that people have declined is none any more", () => {
    const { differences } = compareLeads([aLead({ twinId: 12 })], aLook({ standing: [11], trashed: [12] }));

    expect(differences).toEqual([]);
  });

  test.each(["withdrawn", "to_check"] as const)(
    "a lead that is %s and stands in Kommo is kept back in vain",
    (state) => {
      const look = aLook({ standing: [12], carriers: [["one", [12]]] });

      const { counts, differences } = compareLeads([aLead({ state, kommoLeadId: null })], look);

      expect(counts).toEqual(counted({ entered: 1 }));
      expect(differences).toEqual([{ kind: "kept_back", leadId: "one", kommoLeadId: 12, otherId: null }]);
    },
  );

  test("a lead that is not confirmed is named with the lead of Kommo that carries its id", () => {
    const look = aLook({ standing: [12], carriers: [["one", [12]]] });

    const { differences } = compareLeads([aLead({ state: "needs_admin", kommoLeadId: null })], look);

    expect(differences).toEqual([{ kind: "undecided", leadId: "one", kommoLeadId: 12, otherId: null }]);
  });

  test("every other state is either under way or for a person", () => {
    const kinds = leadStates
      .filter((state) => state !== "confirmed" && state !== "withdrawn")
      .map((state) => [
        state,
        compareLeads([aLead({ state, kommoLeadId: null })], aLook()).differences[0]?.kind,
      ]);

    expect(Object.fromEntries(kinds)).toEqual({
      to_check: "undecided",
      held: "waiting",
      queued: "waiting",
      sending: "waiting",
      checking: "waiting",
      needs_fix: "undecided",
      needs_admin: "undecided",
    });
  });
});

describe("the verdict", () => {
  const counts = counted({ entered: 2, confirmed: 2, found: 1 });
  const same = counted({ entered: 2, confirmed: 2, found: 2 });

  test("is explained when a person has marked each difference as OK, and different while one is open", () => {
    expect(toVerdict(counts, [aTally("missing", 1)], 1)).toBe("explained");
    expect(toVerdict(counts, [aTally("missing", 1, 2)], 2)).toBe("different");
    expect(toVerdict(same, [aTally("doubled", 1)], 1)).toBe("explained");
  });

  test("is explained, and never equal, when the numbers differ and the row was erased with its lead", () => {
    expect(toVerdict(counts, [], 1)).toBe("explained");
  });

  test("is explained when a doubled lead was erased, whose numbers were equal", () => {
    expect(toVerdict(same, [], 1)).toBe("explained");
    expect(toVerdict(same, [aTally("moved")], 2)).toBe("explained");
  });

  test("counts as open what is not OK and has not only moved", () => {
    expect(countOpen([aTally("moved", 0, 4), aTally("doubled", 1, 3), aTally("unknown")])).toBe(3);
  });
});
