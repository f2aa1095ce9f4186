import { describe, expect, test } from "vitest";
import { suggestTargets } from "@/lib/domain/mapping/suggest";
import type { Account } from "@/practice/state/account";
import { openFixtures } from "@/tests/support/accounts";
import { aField } from "@/tests/support/catalogues";

const fixtures = Object.entries(openFixtures());

/** The fields as the client returns them. Reading them is tested with the practice Kommo. */
function toFields({ fields }: Account) {
  return Object.values(fields).flatMap((all) =>
    all.map(({ id, entity_type, name, type, code, enums }) =>
      aField({
        id,
        entity: entity_type,
        name,
        type,
        code,
        options: (enums ?? []).map((option) => ({ ...option, code: option.code ?? null })),
      }),
    ),
  );
}

describe.each(fixtures)("the account %s", (_, { account, meant }) => {
  const suggestions = suggestTargets({ fields: toFields(account) });
  const isRight = ({ field, target }: (typeof suggestions)[number]) => meant[field] === target.fieldId;

  test("has no wrong field among those that can be accepted in bulk", () => {
    const byCode = suggestions.filter(({ kind }) => kind === "code");

    expect(byCode.filter((suggestion) => !isRight(suggestion))).toEqual([]);
    expect(byCode).toHaveLength(8);
  });

  test("has nine in ten of its fields suggested correctly", () => {
    const wrong = suggestions.filter((suggestion) => !isRight(suggestion));
    const right = suggestions.length - wrong.length;

    expect(wrong).toEqual([]);
    expect(right / Object.keys(meant).length).toBeGreaterThanOrEqual(0.9);
  });
});
