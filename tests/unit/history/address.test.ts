import { expect, test } from "vitest";
import { toAddress, toOutcome, toState } from "@/components/history/address";

test("an outcome stays in the address, and takes the place of a status that has none", () => {
  expect(toAddress({ state: "waiting", q: "анна" }, toOutcome({ state: "waiting" }, "won"))).toBe(
    "/leads?q=%D0%B0%D0%BD%D0%BD%D0%B0&outcome=won",
  );
  const inKommo = { state: "in_kommo", outcome: "won" } as const;
  expect(toAddress(inKommo, toOutcome(inKommo, "lost"))).toBe("/leads?state=in_kommo&outcome=lost");
  expect(toAddress(inKommo, toOutcome(inKommo, undefined))).toBe("/leads?state=in_kommo");
});

test("a status takes the place of an outcome that it cannot have", () => {
  const won = { outcome: "won", source: "Expo" } as const;
  expect(toAddress(won, toState("needs_you"))).toBe("/leads?source=Expo&state=needs_you");
  expect(toAddress(won, toState("in_kommo"))).toBe("/leads?outcome=won&source=Expo&state=in_kommo");
  expect(toAddress({ ...won, state: "in_kommo" }, toState(undefined))).toBe("/leads?outcome=won&source=Expo");
});
