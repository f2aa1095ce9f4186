import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { answerIntake } from "@/lib/intake/handler";
import { createForm } from "@/lib/intake/mutations";
import { createRandom } from "@/practice/faults/random";
import { aWebsiteForm } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const MINUTE_MS = 60_000;
// The limits of a minute are not what is tested here.
const PER_MINUTE = 50;
const BODIES = 1000;
const LONGEST_MS = 180_000;
/** Ten thousand in all on SQLite. A server's transaction waits for its disk, so it gets a part of them. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** All that an answer may be: accepted, or refused in words. */
const ANSWERS = [202, 303, 400, 413, 415, 422];

const NAMES = [
  "phone",
  "name",
  "email",
  "comment",
  "__proto__",
  "constructor",
  "toString",
  "a[b][c]",
  "a[",
  "]",
]
  .concat([
    "_time",
    "altcha",
    "_consent",
    "_form",
    "_next",
    "tranid",
    "",
    "\u0000",
    "x".repeat(500),
    "ключ",
    "😀",
  ])
  .concat([
    "fields[phone][value]",
    "hasOwnProperty",
    "valueOf",
    "then",
    "length",
    "utm_source",
    "page",
    "cookies",
  ]);
const VALUES = [
  "+79001234567",
  "a@b.example",
  "",
  "null",
  "\u0000",
  "\u0000+79001234567",
  "%00",
  "'; drop table leads; --",
]
  .concat([
    "<script>alert(1)</script>",
    "x\r\nset-cookie: a=b",
    "https://evil.example/",
    "javascript:alert(1)",
    "\ud800",
  ])
  .concat([
    "а\u0301".repeat(400),
    "\u202e\u200b\ufeff",
    "9".repeat(400),
    "😀".repeat(300),
    "{{7*7}}",
    "../../etc/passwd",
  ])
  .concat(["e30=", "bnVsbA==", "1e999", "-0", "NaN", "[object Object]", "TILDAUTM=%E0%A4%A|||utm_source=x"]);
const TYPES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]
  .concat([
    "application/json; charset=utf-16le",
    "text/plain",
    "application/ld+json",
    "text/xml",
    "",
    "multipart/form-data",
  ])
  .concat(["application/x-www-form-urlencoded; charset=windows-1251", "application/json; charset=klingon"]);

type Random = () => number;
const pick = <T>(of: readonly T[], random: Random): T => of[Math.floor(random() * of.length)] as T;

/** Any JSON, some of it deep, and some with names that every object has. */
function toJson(random: Random, depth = 0): unknown {
  const kind = random();
  if (depth > 3 || kind < 0.5) return pick([...VALUES, 1, 0.1, true, null, 1e308, -1], random);
  if (kind < 0.65) return Array.from({ length: Math.floor(random() * 4) }, () => toJson(random, depth + 1));
  return toObject(random, depth);
}

function toObject(random: Random, depth: number): unknown {
  const pairs = Array.from({ length: 1 + Math.floor(random() * 6) }, () => [
    JSON.stringify(pick(NAMES, random)),
    JSON.stringify(toJson(random, depth + 1)),
  ]);
  return JSON.parse(`{${pairs.map((pair) => pair.join(":")).join(",")}}`);
}

function toBody(type: string, random: Random): Buffer {
  const pairs = Array.from({ length: 1 + Math.floor(random() * 8) }, () => [
    pick(NAMES, random),
    pick(VALUES, random),
  ]);
  const whole = type.startsWith("multipart")
    ? Buffer.from(
        `${pairs.map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--b--\r\n`,
      )
    : type.startsWith("application/x-www")
      ? Buffer.from(
          pairs
            .map((pair) => pair.map((part) => encodeURIComponent(String(part).toWellFormed())).join("="))
            .join("&"),
        )
      : Buffer.from(JSON.stringify(toObject(random, 0)));
  return hurt(whole, random);
}

/** Most are whole; others are cut, repeated, deep, or have a byte that does not belong there. */
function hurt(body: Buffer, random: Random): Buffer {
  const way = random();
  const at = Math.floor(random() * body.length);
  if (way < 0.6) return body;
  if (way < 0.75) return body.subarray(0, at);
  if (way < 0.85)
    return Buffer.concat([body.subarray(0, at), Buffer.from([0xff, 0x00, 0xc3]), body.subarray(at)]);
  if (way < 0.9) return Buffer.concat(Array<Buffer>(40).fill(body));
  if (way < 0.94) return Buffer.from(`${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`);
  if (way < 0.98) return Buffer.from("[".repeat(3000));
  return Buffer.alloc(65 * 1024, "a");
}

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("hostile bodies, on $name", ({ open, isSqlite }) => {
  let db: Db;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.destroy());

  test.each(isSqlite ? SEEDS : SEEDS.slice(0, 1))(
    "are taken whole or refused in words, and nothing is half-written (%i)",
    async (seed) => {
      // Visits are counted by the minute, and a minute that is over does not come back.
      const start = NOW + (isSqlite ? seed : SEEDS.length + seed) * BODIES * MINUTE_MS;
      const form = await createForm(aWebsiteForm(), null, db, start);
      const random = createRandom(seed);
      const accepted = new Set<string>();
      const answers = new Map<number, number>();
      for (let n = 0; n < BODIES; n++) {
        const type = pick(TYPES, random);
        const accept = random() < 0.3 ? "text/html" : "application/json";
        const body = toBody(type, random);
        const headers = { "content-type": type, accept, "x-forwarded-for": `203.0.113.${n % 250}` };
        const request = new Request("http://desk.test/", {
          method: "POST",
          body: new Uint8Array(body),
          headers,
        });
        const at = start + Math.floor(n / PER_MINUTE) * MINUTE_MS;

        const answer = await answerIntake(request, form.key, db, () => at);

        const told = `${n} ${type} ${body.toString("latin1").slice(0, 300)}`;
        expect([200, ...ANSWERS], told).toContain(answer.status);
        answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
        if (answer.status === 202) accepted.add((await answer.json()).id);
        else if (answer.status === 303)
          expect(answer.headers.get("location"), told).toMatch(/^\/api\/intake\//);
        else if (answer.status >= 400) expect(await answer.text(), told).not.toBe("");
      }

      // Each way of being refused was met, and many were taken.
      for (const status of ANSWERS) expect(answers.get(status) ?? 0, String(status)).toBeGreaterThan(0);
      expect(answers.get(202)).toBeGreaterThan(BODIES / 20);
      const leads = await db.selectFrom("leads").select(["id", "phone", "email", "telegram"]).execute();
      const ids = new Set(leads.map(({ id }) => id));
      expect([...accepted].filter((id) => !ids.has(id))).toEqual([]);
      expect(leads.filter(({ phone, email, telegram }) => !phone && !email && !telegram)).toEqual([]);
      const noted = await db
        .selectFrom("intake_requests")
        .select("lead_id")
        .where("result", "in", ["accepted", "to_check"])
        .execute();
      expect(new Set(noted.map(({ lead_id }) => lead_id))).toEqual(ids);
      expect(({} as Record<string, unknown>).phone).toBeUndefined();
      await emptyTables(db);
    },
    LONGEST_MS,
  );
});
