import { describe, expect, test } from "vitest";
import {
  choosePage,
  extendTo,
  nothing,
  type Selection,
  toggleRow,
} from "@/components/history/selection/selection";

const IDS = ["a", "b", "c", "d"];
const toIds = ({ chosen }: Selection) => [...chosen].sort();

describe("the rows of a list", () => {
  test("are chosen and left one by one", () => {
    const both = toggleRow(toggleRow(nothing, "a"), "c");

    expect(toIds(both)).toEqual(["a", "c"]);
    expect(toIds(toggleRow(both, "a"))).toEqual(["c"]);
  });

  test("are chosen from the last one to another, in both directions", () => {
    expect(toIds(extendTo(toggleRow(nothing, "b"), "d", IDS))).toEqual(["b", "c", "d"]);
    expect(toIds(extendTo(toggleRow(nothing, "c"), "a", IDS))).toEqual(["a", "b", "c"]);
  });

  test("keep what was chosen before, and the beginning of the range", () => {
    const first = extendTo(toggleRow(toggleRow(nothing, "d"), "a"), "b", IDS);

    expect(toIds(first)).toEqual(["a", "b", "d"]);
    expect(toIds(extendTo(first, "c", IDS))).toEqual(["a", "b", "c", "d"]);
  });

  test("are chosen alone when the beginning of the range has left the list", () => {
    expect(toIds(extendTo(toggleRow(nothing, "gone"), "b", IDS))).toEqual(["b", "gone"]);
  });

  test("are no longer the whole filter once one of them is left", () => {
    expect(toggleRow({ ...choosePage(IDS), isWhole: true }, "a")).toMatchObject({ isWhole: false });
  });
});
