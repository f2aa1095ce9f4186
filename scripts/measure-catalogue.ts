import "./aliases.mjs";
import { randomUUID } from "node:crypto";

// After the aliases, which the rooms of lib/ need.
const { openDb } = await import("../lib/db/client.ts");
const { migrate } = await import("../lib/db/migrate.ts");
const { saveCatalogue } = await import("../lib/catalogue/mutations.ts");
const { catalogueSchema } = await import("../lib/catalogue/schema.ts");
const { getKommoDesk } = await import("../lib/mapping/queries.ts");

const FIELDS = 1000;
const TIMES = 40;

/** Milliseconds (p95) in which all that the Kommo page shows is there from the cache, with 1,000 fields in the account. */
export async function measureCatalogue(): Promise<number> {
  Object.assign(process.env, {
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || "x".repeat(40),
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || "http://127.0.0.1:3000",
  });
  const db = openDb("file::memory:");
  await migrate(db);
  await saveCatalogue(makeCatalogue(), [], db);
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    const { catalogue } = await getKommoDesk(randomUUID(), db);
    times.push(performance.now() - began);
    if (catalogue?.fields.length !== FIELDS) throw new Error("the catalogue is not whole");
  }
  await db.destroy();
  return times.sort((a, b) => a - b)[Math.floor(TIMES * 0.95)] ?? 0;
}

function makeCatalogue() {
  const options = Array.from({ length: 5 }, (_, index) => ({
    id: index + 1,
    value: `Вариант ${index}`,
    sort: index,
    code: null,
  }));
  const fields = Array.from({ length: FIELDS }, (_, index) => ({
    id: 1000 + index,
    entity: index % 3 === 0 ? "contacts" : "leads",
    name: `Поле номер ${index}`,
    type: index % 4 === 0 ? "select" : "text",
    code: null,
    group: null,
    isApiOnly: false,
    isComputed: false,
    requiredIn: [],
    options: index % 4 === 0 ? options : [],
  }));
  const count = { have: FIELDS, total: FIELDS };
  return catalogueSchema.parse({
    fetchedAt: Date.now(),
    account: { id: 1, name: "Bench", subdomain: "bench", currency: null, timeZone: null },
    counts: { leads: count, contacts: count, companies: count },
    pipelines: [],
    fields,
    users: [],
    tags: [],
  });
}
