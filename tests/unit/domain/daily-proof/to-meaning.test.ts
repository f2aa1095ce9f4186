import { expect, test } from "vitest";
import { toDifferenceName, toMeaning } from "@/lib/domain/daily-proof/to-meaning";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

test.each([
  ["waiting", "queued", null, "waiting", "waiting"],
  ["waiting", "confirmed", null, "since", "since"],
  ["waiting", "confirmed", 7, "arrived", "arrived"],
  ["undecided", "confirmed", null, "since", "since"],
  ["undecided", "withdrawn", null, "withdrawnSince", "withdrawnSince"],
  ["undecided", "to_check", null, "to_check", "undecided"],
  ["undecided", "needs_admin", 7, "carried", "undecided"],
  ["missing", "confirmed", 7, "missing", "missing"],
] as const)(
  "of a %s lead that is %s now and has the id %s it is said: %s",
  (kind, state, kommoLeadId, meaning, name) => {
    const shown = { kind, lead: { state }, kommoLeadId };

    expect([toMeaning(shown), toDifferenceName(shown)]).toEqual([meaning, name]);
    for (const { dailyProof } of [en, ru]) {
      expect(dailyProof.kinds[meaning]).toBeTruthy();
      expect(dailyProof.names[name]).toBeTruthy();
    }
  },
);
