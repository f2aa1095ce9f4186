import "../../scripts/aliases.mjs";

// A process of the desk that asks Kommo for the account many times at once, and prints what became of each request.
const { openDb } = await import("@/lib/db/client");
const { getConnection } = await import("@/lib/connection/queries");
const { getAccount } = await import("@/lib/kommo/catalogue");
const { freeSlot } = await import("./slots");

const db = openDb(process.env.DATABASE_URL ?? "");
const connection = await getConnection(db);
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));

const asked = Array.from({ length: Number(process.env.TIMES) }, async () => {
  // Each with a connection of its own, as every request of the desk reads it anew.
  const { id } = await getAccount({ slot: freeSlot, connection: { ...connection } });
  return id;
});
const outcomes = await Promise.allSettled(asked);
const words = outcomes.map((outcome) =>
  outcome.status === "fulfilled" ? "ok" : String(outcome.reason?.code),
);
process.stdout.write(`${JSON.stringify(words)}\n`);
await db.destroy();
process.exit(0);
