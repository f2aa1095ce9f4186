import "../aliases.mjs";
import { randomUUID } from "node:crypto";

// Imported after the aliases, which the files of lib/ need.
const { openDb } = await import("../../lib/db/client.ts");
const { migrate } = await import("../../lib/db/migrate.ts");
const { authorise } = await import("../../lib/auth/authorise.ts");
const { hashPassword } = await import("../../lib/people/password.ts");

const TIMES = 100;
const SECRET = "x".repeat(40);

/** Compares how long the refusals of an unknown person and of a wrong password take: the slower median over the faster. */
export async function compareRefusals(): Promise<number> {
  const db = openDb("file::memory:");
  await migrate(db);
  const password_hash = await hashPassword("correct horse");
  const addPerson = async (email: string) => {
    const person = { id: randomUUID(), email, name: "Anna", role: "seller", password_hash, created_at: 0 };
    await db.insertInto("people").values(person).execute();
  };
  // Each try has its own address and person, otherwise the sign-in limits would refuse it first.
  const refuse = async (email: string, address: string) => {
    const began = performance.now();
    const answer = await authorise({ email, password: "wrong" }, { address, device: undefined }, SECRET, db);
    if (answer) throw new Error("the try was not looked at");
    return performance.now() - began;
  };

  const [unknown, wrong]: [number[], number[]] = [[], []];
  for (let time = 0; time < TIMES; time++) {
    await addPerson(`known${time}@example.com`);
    unknown.push(await refuse(`unknown${time}@example.com`, `2001:db8:${time}::1`));
    wrong.push(await refuse(`known${time}@example.com`, `2001:db8:${time}::2`));
  }
  await db.destroy();
  const [one, other] = [toMedian(unknown), toMedian(wrong)];
  return Math.max(one, other) / Math.min(one, other);
}

function toMedian(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
