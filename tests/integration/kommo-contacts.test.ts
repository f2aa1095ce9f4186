import { createServer, type Server, type ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { requireBoundConnection } from "@/lib/account/bind-account";
import type { Db } from "@/lib/db/client";
import { findContactsInTime } from "@/lib/duplicates/find-contacts-in-time";
import { countRequests, findPause } from "@/lib/rate-limit/lanes";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { stubSettings } from "@/tests/support/settings";

const LONG_MS = 10_000;
const here = () => new AbortController().signal;

let kommo: Server;
let url: string;
let asked: string[];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  kommo = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(response);
  });
  await new Promise<void>((resolve) => kommo.listen(0, "127.0.0.1", resolve));
  const address = kommo.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  stubSettings(url);
});
beforeEach(() => {
  asked = [];
  answer = (response) => response.writeHead(204).end();
});
afterAll(() => {
  kommo.closeAllConnections();
  kommo.close();
  vi.unstubAllEnvs();
});

function answerContacts(...contacts: { id: number; phone: string }[]): void {
  const listed = contacts.map(({ id, phone }) => ({
    id,
    name: "Чей-то",
    responsible_user_id: 7,
    custom_fields_values: [{ field_code: "PHONE", values: [{ value: phone }] }],
  }));
  answer = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ _embedded: { contacts: listed } }));
  };
}

describe.each(migratedDatabases)("Kommo's contacts, asked from $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const silent = { contacts: [], isSilent: true };

  test("are searched by the last digits and compared as numbers", async () => {
    answerContacts(
      { id: 1, phone: "8 (900) 123-45-67" },
      { id: 2, phone: "+1 900 123 45 67" },
      { id: 3, phone: "9001234567, доб. 5" },
    );

    const known = await findContactsInTime("+79001234567", here(), requireBoundConnection, db, LONG_MS);

    expect(asked).toEqual(["/api/v4/contacts?query=9001234567&limit=250"]);
    expect(known).toEqual({
      contacts: [
        { id: 1, name: "Чей-то", userId: 7, isExact: true, url: `${url}/contacts/detail/1` },
        { id: 3, name: "Чей-то", userId: 7, isExact: false, url: `${url}/contacts/detail/3` },
      ],
      isSilent: false,
    });
  });

  test("cost one request within the hour, whatever the answer is", async () => {
    await findContactsInTime("+79001234567", here(), requireBoundConnection, db, LONG_MS);
    await findContactsInTime("+79001234567", here(), requireBoundConnection, db, LONG_MS);

    expect(await countRequests(db)).toBe(1);
    await db
      .updateTable("contact_lookups")
      .set({ at: Date.now() - 3_600_001 })
      .execute();
    await findContactsInTime("+79001234567", here(), requireBoundConnection, db, LONG_MS);
    expect(asked).toHaveLength(2);
  });

  test("that are none are an answer", async () => {
    expect(await findContactsInTime("+79001234567", here(), requireBoundConnection, db, LONG_MS)).toEqual({
      contacts: [],
      isSilent: false,
    });
  });

  test("are given up when Kommo does not answer in time, or nobody waits any more", async () => {
    answer = () => undefined;
    const gone = new AbortController();
    gone.abort();

    expect(await findContactsInTime("+79001234567", here(), requireBoundConnection, db, 50)).toEqual(silent);
    expect(
      await findContactsInTime("+79001234567", gone.signal, requireBoundConnection, db, LONG_MS),
    ).toEqual(silent);
  });

  test("slow the sender down when Kommo says so", async () => {
    answer = (response) => response.writeHead(429, { "retry-after": "7" }).end("{}");

    expect(await findContactsInTime("+79001234567", here(), requireBoundConnection, db, LONG_MS)).toEqual(
      silent,
    );

    expect(await findPause(db)).toBeGreaterThan(100);
  });

  test("are not asked for while the queue rests", async () => {
    await db.updateTable("sender").set({ rest_code: "blocked", rest_since: 1, probe_at: 1 }).execute();

    expect(await findContactsInTime("+79001234567", here(), requireBoundConnection, db, LONG_MS)).toEqual(
      silent,
    );
    expect(asked).toEqual([]);
  });
});
