import { expect, test } from "vitest";
import { noneInFlight, type SideTask, startTask } from "@/lib/worker/in-flight";

test("one task of a kind is under way, beside those of other kinds", async () => {
  const inFlight = noneInFlight();
  const { promise, resolve } = Promise.withResolvers<void>();
  const started: string[] = [];
  const start = (name: SideTask) => {
    const run = () => {
      started.push(name);
      return promise;
    };
    startTask(name, run, inFlight);
  };

  start("maintenance");
  start("maintenance");
  start("verification");
  expect(started).toEqual(["maintenance", "verification"]);

  resolve();
  await Promise.all(inFlight.tasks.values());
  start("maintenance");
  expect(started).toEqual(["maintenance", "verification", "maintenance"]);
});

test("what a task fails with is kept for the round, and the next one may start", async () => {
  const inFlight = noneInFlight();
  const failure = new Error("away");

  startTask("maintenance", () => Promise.reject(failure), inFlight);
  await Promise.all(inFlight.tasks.values());

  expect(inFlight.failures).toEqual([failure]);
  expect(inFlight.tasks.size).toBe(0);
});
