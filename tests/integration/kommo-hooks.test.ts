import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { answerHook } from "@/lib/kommo-hooks/handler";
import { noteHook, setHook } from "@/lib/kommo-hooks/mutations";
import { findHookState, isHookSecret } from "@/lib/kommo-hooks/queries";
import { lookAtOutcomes } from "@/lib/outcomes/look";
import type { Practice } from "@/practice/server";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { openPractice } from "@/tests/support/open-practice";
import { prepareLooks, UNPACED } from "@/tests/support/outcomes";
import { insertSeller } from "@/tests/support/people";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const FORGED = "leads[status][0][id]=1&leads[status][0][status_id]=142&account[id]=1";
const MEGABYTE = 1024 * 1024;

let practice: Practice;

describe.each(migratedDatabases)("hooks of Kommo on $name", ({ open }) => {
  let db: Db;
  let admin: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = Date.now();
    practice = await openPractice({ now: () => clock });
    admin = await insertSeller(db);
    await prepareLooks(db, now);
    await db.updateTable("outcome_reading").set({ looked_at: clock }).execute();
    await setHook(admin, db, clock);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
    vi.unstubAllEnvs();
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const findSecret = async () => (await findHookState(db))?.address?.split("/").at(-1) ?? "";
  const post = async (secret: string, body: BodyInit = FORGED) => {
    const request = new Request("http://desk.test/api/kommo/hooks", {
      method: "POST",
      body,
      duplex: "half",
    } as RequestInit);
    const { status } = await answerHook(request, secret, db, now);
    return status;
  };
  const readHook = () => db.selectFrom("kommo_hooks").selectAll().executeTakeFirstOrThrow();
  const noted = () => vi.waitFor(async () => expect((await readHook()).last_at).toBe(clock));

  test("only the newest address is answered, any other as if there were nothing", async () => {
    const old = await findSecret();
    await setHook(admin, db, clock);
    const secret = await findSecret();

    expect(await post(secret)).toBe(200);
    expect([await post(old), await post(""), await post("A".repeat(32)), await post(`${secret}A`)]).toEqual([
      404, 404, 404, 404,
    ]);
    await db.deleteFrom("kommo_hooks").execute();
    expect([await post(secret), await isHookSecret("", db)]).toEqual([404, false]);
    const said = await db.selectFrom("audit").select(["action", "detail"]).execute();
    expect(said).toEqual([
      { action: "hook_set", detail: null },
      { action: "hook_set", detail: null },
    ]);
  });

  test("whatever a hook says, it wakes one look, some seconds after the last", async () => {
    const secret = await findSecret();
    clock += 11 * SECOND;
    await post(secret, "{}");
    await noted();
    expect(await lookAtOutcomes(db, now, { network: UNPACED })).toBe(false);

    clock += 2 * SECOND;
    expect(await lookAtOutcomes(db, now, { network: UNPACED })).toBe(true);
    clock += 20 * SECOND;
    expect(await lookAtOutcomes(db, now, { network: UNPACED })).toBe(false);
  });

  test("a storm of a thousand wakes no more than one look in ten seconds, and writes once a second", async () => {
    clock += 11 * SECOND;
    let looks = 0;
    for (let second = 0; second < 30; second++) {
      clock += SECOND;
      await Promise.all(Array.from({ length: 34 }, () => noteHook(db, clock)));
      if (await lookAtOutcomes(db, now, { network: UNPACED })) looks++;
    }

    expect(looks).toBe(3);
  });

  test("a hook that comes while Kommo is looked at wakes another look", async () => {
    clock += 11 * SECOND;
    await noteHook(db, clock);
    clock += 2 * SECOND;
    await lookAtOutcomes(db, now, { network: UNPACED });
    clock += SECOND;
    await noteHook(db, clock);
    clock += 10 * SECOND;

    expect(await lookAtOutcomes(db, now, { network: UNPACED })).toBe(true);
  });

  test("a body is read and forgotten up to 5 MB, and a slow one is not waited for", async () => {
    const secret = await findSecret();
    const tooLong = toStream(Array.from({ length: 6 }, () => new Uint8Array(MEGABYTE)));
    const endless = new ReadableStream();

    expect(await post(secret, new Uint8Array(4 * MEGABYTE))).toBe(200);
    expect(await post(secret, tooLong)).toBe(413);
    expect(await post(secret, endless)).toBe(200);
    await noted();
  });

  test("it is silent when none has come for a day although leads change in Kommo", async () => {
    const readSilent = async () => (await findHookState(db))?.isSilent;
    const tell = () => db.updateTable("outcome_reading").set({ told_at: clock }).execute();
    clock += 2 * 24 * HOUR;
    await tell();
    // Nobody has pasted it into Kommo yet.
    expect(await readSilent()).toBe(false);

    await noteHook(db, clock);
    clock += 25 * HOUR;
    expect(await readSilent()).toBe(false);
    await tell();
    expect(await readSilent()).toBe(true);
    await noteHook(db, clock);
    expect(await readSilent()).toBe(false);
  });

  test("an address that was sealed by another secret of the desk is neither shown nor answered", async () => {
    const secret = await findSecret();
    await db
      .updateTable("kommo_hooks")
      .set({ secret_sealed: "x".repeat(80) })
      .execute();

    expect(await findHookState(db)).toMatchObject({ address: null });
    expect(await post(secret)).toBe(404);
  });
});

function toStream(parts: Uint8Array[]): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part) controller.enqueue(part);
      else controller.close();
    },
  });
}
