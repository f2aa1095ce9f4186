import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { gzipSync } from "node:zlib";
import { createChallenge, verifySolution } from "altcha-lib/v1";
import { expect, test } from "vitest";
import { solve } from "@/components/public-form/script/proof";
import { sha256 } from "@/components/public-form/script/sha256";
import { claimLeadId } from "@/components/public-form/script/typed-values";
import { readVisit } from "@/components/public-form/script/visit";
import { getFormScript } from "@/lib/hosted-form/form-script";

const MOST_BYTES = 15 * 1024;
const KEY = "a key of the desk";

test("the script of a website's page is one file of at most 15 KB, and depends on nothing", () => {
  const script = getFormScript();

  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(MOST_BYTES);
  expect(script).not.toMatch(/^(?:import|export)\b/m);
  // Names are shared by all of its files: two of the same would be no script.
  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toContain("document.cookie");
});

test("the sum is SHA-256 for every length around a block", () => {
  for (let length = 0; length < 200; length++) {
    const text = "lead desk ".repeat(20).slice(0, length);
    expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  }
});

test("a challenge of ALTCHA is solved as its library verifies it", async () => {
  const challenge = await createChallenge({ hmacKey: KEY, maxNumber: 3000, expires: new Date("2030-01-01") });
  const solved = await solve({ maxnumber: 3000, ...challenge });

  expect(await verifySolution(solved, KEY)).toBe(true);
  await expect(solve({ ...challenge, challenge: "0".repeat(64), maxnumber: 50 })).rejects.toThrow();
});

function aStore(kept: Record<string, string> = {}) {
  return {
    getItem: (name: string) => kept[name] ?? null,
    setItem: (name: string, value: string) => {
      kept[name] = value;
    },
  };
}

const SITE = "https://school.example";
const FIRST = { href: `${SITE}/?utm_source=vk&utm_campaign=autumn&x=1`, referrer: "https://vk.example/wall" };

test("the UTM values and the first other site are kept for the session", () => {
  const store = aStore();
  readVisit(FIRST, store);

  expect(readVisit({ href: `${SITE}/contact`, referrer: FIRST.href }, store)).toEqual({
    utm_source: "vk",
    utm_campaign: "autumn",
    referrer: "https://vk.example/wall",
    page: `${SITE}/contact`,
  });
});

test("another campaign takes the place of the one before, whole", () => {
  const store = aStore();
  readVisit(FIRST, store);
  const later = readVisit({ href: `${SITE}/?utm_source=google`, referrer: "" }, store);

  expect(later).toEqual({
    utm_source: "google",
    referrer: "https://vk.example/wall",
    page: `${SITE}/?utm_source=google`,
  });
});

test("a lead has the same id until it is received, also on a page that was loaded anew", () => {
  const store = aStore();
  const id = claimLeadId("0123456789abcdef", store);

  expect(id).toMatch(/^[\da-f]{32}$/);
  expect(claimLeadId("0123456789abcdef", store)).toBe(id);
  expect(claimLeadId("fedcba9876543210", store)).not.toBe(id);
  expect(claimLeadId("0123456789abcdef", undefined)).not.toBe(id);
});

test("a store that is forbidden, full or nonsense costs nothing of this page's visit", () => {
  const visit = { utm_source: "vk", utm_campaign: "autumn", referrer: FIRST.referrer, page: FIRST.href };
  const full = {
    getItem: () => "{nonsense",
    setItem: () => {
      throw new Error("full");
    },
  };
  expect(readVisit(FIRST, undefined)).toEqual(visit);
  expect(readVisit(FIRST, full)).toEqual(visit);
});
