import { afterEach, expect, test, vi } from "vitest";
import { offerProof, requestProof, settleProof } from "@/components/server/request-proof";

afterEach(() => void vi.useRealTimers());

test("a page that cannot ask answers no", async () => {
  expect(await requestProof()).toBe(false);
});

test("two who ask at once get one question and its answer, and the next one a new question", async () => {
  let shown = 0;
  const withdraw = offerProof(async () => {
    shown += 1;
  });

  const both = [requestProof(), requestProof()];
  settleProof(true);
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(shown).toBe(1);
  const next = requestProof();
  settleProof(false);

  expect(await next).toBe(false);
  expect(shown).toBe(2);
  withdraw();
});

test("a dialog that does not load answers no", async () => {
  const withdraw = offerProof(() => Promise.reject(new Error("no chunk")));

  expect(await requestProof()).toBe(false);
  withdraw();
});

test("a dialog that never comes answers no after a while, and does not open over what was done since", async () => {
  vi.useFakeTimers();
  const { promise, resolve } = Promise.withResolvers<void>();
  let opened = 0;
  const withdraw = offerProof(async (isAsked) => {
    await promise;
    if (isAsked()) opened += 1;
  });
  const asked = requestProof();

  await vi.advanceTimersByTimeAsync(15_000);
  expect(await asked).toBe(false);
  resolve();
  await vi.advanceTimersByTimeAsync(0);

  expect(opened).toBe(0);
  withdraw();
});

test("a page that is left answers no to whoever waits", async () => {
  const withdraw = offerProof(async () => undefined);
  const asked = requestProof();

  withdraw();

  expect(await asked).toBe(false);
});

test("the next page's offer stands when the former is taken back after it", async () => {
  const withdrawFormer = offerProof(() => Promise.reject(new Error("gone")));
  const withdraw = offerProof(async () => settleProof(true));

  withdrawFormer();

  expect(await requestProof()).toBe(true);
  withdraw();
});
