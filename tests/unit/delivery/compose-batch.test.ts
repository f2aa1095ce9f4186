import { describe, expect, test } from "vitest";
import { composeBatch } from "@/lib/delivery/compose-batch";

const aLead = (id: string, batchLimit: number | null = null) => ({ id, batchLimit });
const many = Array.from({ length: 60 }, (_, index) => aLead(`lead ${index}`));

describe("a batch", () => {
  test("holds at most fifty, and no more than Kommo answers for at present", () => {
    expect(composeBatch(many, 50)).toHaveLength(50);
    expect(composeBatch(many, 80)).toHaveLength(50);
    expect(composeBatch(many, 7)).toHaveLength(7);
  });

  test("keeps the order, and takes a lead once", () => {
    expect(composeBatch([aLead("b"), aLead("a"), aLead("b")], 50)).toEqual([aLead("b"), aLead("a")]);
  });

  test("is no larger than any of its leads may be part of", () => {
    const leads = [aLead("a", 2), aLead("b"), aLead("c")];

    expect(composeBatch(leads, 50).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("leaves a lead that may only go in a smaller one for later", () => {
    const leads = [aLead("a"), aLead("b"), aLead("alone", 1), aLead("c")];

    expect(composeBatch(leads, 50).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(composeBatch([aLead("alone", 1), aLead("a")], 50).map(({ id }) => id)).toEqual(["alone"]);
  });

  test("of no leads is none", () => {
    expect(composeBatch([], 50)).toEqual([]);
  });
});
