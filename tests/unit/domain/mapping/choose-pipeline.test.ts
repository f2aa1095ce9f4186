import { expect, test } from "vitest";
import type { Pipeline } from "@/lib/domain/mapping/catalogue";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { aCatalogue } from "@/tests/support/catalogues";

function aPipeline(pipeline: Partial<Pipeline>): Pipeline {
  const plain = { name: "Воронка", sort: 1, isMain: false, isArchived: false, takesIncoming: true };
  return { id: 1, ...plain, stages: [], ...pipeline };
}

test.each<[string, Pipeline[], number | undefined]>([
  ["the main one, in any position", [aPipeline({ id: 1 }), aPipeline({ id: 2, sort: 2, isMain: true })], 2],
  [
    "the first other one when the main one takes no incoming leads",
    [
      aPipeline({ id: 1, isMain: true, takesIncoming: false }),
      aPipeline({ id: 2, sort: 3 }),
      aPipeline({ id: 3, sort: 2 }),
    ],
    3,
  ],
  [
    "no archived one",
    [aPipeline({ id: 1, isMain: true, isArchived: true }), aPipeline({ id: 2, sort: 2 })],
    2,
  ],
  ["none when none takes incoming leads", [aPipeline({ isMain: true, takesIncoming: false })], undefined],
  ["none when there is none at all", [], undefined],
])("leads go into %s", (_, pipelines, id) => {
  expect(choosePipeline(aCatalogue({ pipelines }))?.id).toBe(id);
});
