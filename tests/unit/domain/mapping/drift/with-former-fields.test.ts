import { expect, test } from "vitest";
import { withFormerFields } from "@/lib/domain/mapping/drift/with-former-fields";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aField, aMapping } from "@/tests/support/catalogues";

const withOptions = (...ids: number[]) => [
  {
    key: "leads:501",
    label: { en: "Contact", ru: "Связь" },
    target: toTarget(
      aField({
        id: 501,
        type: "select",
        options: ids.map((id) => ({ id, value: `Вариант ${id}`, sort: id, code: null })),
      }),
    ),
  },
];
const formerOf = (mapping: ReturnType<typeof aMapping>) =>
  mapping.custom[0]?.target.former?.map(({ id }) => id);

test("a deleted option keeps its text in all later versions", () => {
  const first = aMapping({ custom: withOptions(700, 701) });

  const second = withFormerFields(aMapping({ custom: withOptions(701, 702) }), first);
  const third = withFormerFields(aMapping({ custom: withOptions(702) }), second);

  expect(formerOf(second)).toEqual([700]);
  expect(formerOf(third)).toEqual([701, 700]);
});

test("an option that exists again is not a former one", () => {
  const first = aMapping({ custom: withOptions(700, 701) });
  const second = withFormerFields(aMapping({ custom: withOptions(701) }), first);

  const third = withFormerFields(aMapping({ custom: withOptions(700, 701) }), second);

  expect(formerOf(third)).toBeUndefined();
});

test("a field that was removed from the form keeps its texts until it is added again", () => {
  const first = aMapping({ custom: withOptions(700) });

  const without = withFormerFields(aMapping(), first);
  const later = withFormerFields(aMapping(), without);
  const back = withFormerFields(aMapping({ custom: withOptions(701) }), later);

  expect(later.retired).toMatchObject([{ key: "leads:501", target: { options: [{ id: 700 }] } }]);
  expect(back.retired).toEqual([]);
  expect(formerOf(back)).toEqual([700]);
});
