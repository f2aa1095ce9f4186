import { expect, test } from "vitest";
import { readLink, withoutLink } from "@/components/entry/page-link";

const LINK = "https://desk.example/?lead=1&utm_source=expo&utm_medium=banner&x=1";

test("a link tells its UTM values, and from which page it was followed", () => {
  expect(readLink(LINK, "https://fair.example/stand")).toEqual({
    source: "expo",
    utm_medium: "banner",
    referrer: "https://fair.example/stand",
  });
});

test("the referrer in the link goes before the page it was followed from", () => {
  expect(readLink(`${LINK}&referrer=https://ad.example/`, "https://fair.example/")).toMatchObject({
    referrer: "https://ad.example/",
  });
});

test.each([
  ["a page without a link", "https://desk.example/", "https://mail.example/"],
  ["blank values", "https://desk.example/?utm_source=%20", "https://mail.example/"],
])("%s tells nothing", (_, address, cameFrom) => {
  expect(readLink(address, cameFrom)).toEqual({});
});

test("our own pages are nobody's referrer", () => {
  expect(readLink(LINK, "https://desk.example/leads")).not.toHaveProperty("referrer");
});

test("what the link gives can be taken out of the address, and nothing else", () => {
  expect(withoutLink(LINK)).toBe("/?lead=1&x=1");
});
