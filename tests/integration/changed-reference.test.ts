import { beforeEach, describe, expect, test } from "vitest";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { send, type Transport } from "@/lib/kommo/send";
import { migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverDue } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { freeSlot } from "@/tests/support/slots";
import { beginVerification, MINUTE_MS, SETTLED_MS, toMapping } from "@/tests/support/verification";

/** The token's person may not see the fields of leads. */
const withoutFields: Transport = async (url, message) => {
  const answer = await send(url, message);
  if (message.method !== "GET" || !url.pathname.endsWith("/leads")) return answer;
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8").replaceAll('"custom_fields_values":', '"hidden":');
  async function* read() {
    yield Buffer.from(text);
  }
  return Object.assign(read(), { statusCode: answer.statusCode, headers: answer.headers });
};

describe.each(migratedDatabases)("a reference field that does not stay, on $name", ({ open }) => {
  const desk = beginVerification(open);
  const { now } = desk;
  let fieldId: number;

  beforeEach(async () => {
    fieldId = await desk.publishReferenced();
  });

  const round = async (transport: Transport = send) =>
    deliverDue(await aDuty(desk.db, now, { network: { takeSlot: freeSlot, transport } }));
  const settle = async (transport?: Transport) => {
    desk.pass(SETTLED_MS);
    await round(transport);
    desk.pass(MINUTE_MS);
    await round(transport);
  };
  const save = async (phone = "+7 900 000-00-02") => (await desk.save({ phone })).id;
  const accept = async (id: string) => {
    for (const { leadId } of desk.copies(id)) await desk.practice.control.accept(leadId);
  };
  const deleteField = () => desk.practice.control.deleteField({ entity: "leads", id: fieldId });
  /** One of ours stands there since long ago. */
  const standOne = async () => {
    await save("+7 900 000-00-01");
    await round();
    desk.pass(10 * MINUTE_MS);
  };
  const publishAnother = async () => {
    const another = desk.addField("Another ID");
    const first = await desk.db.selectFrom("mappings").selectAll().executeTakeFirstOrThrow();
    const second = { ...first, version: 2, body: JSON.stringify(toMapping(another)) };
    await desk.db.insertInto("mappings").values(second).execute();
  };

  test("a lead that left without its reference, as Kommo had no such field any more, is matched by its contact", async () => {
    await standOne();
    deleteField();
    await refreshCatalogue({}, desk.db, now, []);
    const id = await save();
    desk.practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await accept(id);

    await settle();

    expect(desk.copies(id)).toHaveLength(1);
    expect(await readLead(id, desk.db)).toMatchObject({ state: "confirmed" });
  });

  test("a lead that left with its reference is not absent because the field is deleted since", async () => {
    await standOne();
    const id = await save();
    desk.practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await accept(id);
    deleteField();

    await settle();
    await settle();

    expect(desk.copies(id)).toHaveLength(1);
    expect(await readLead(id, desk.db)).toMatchObject({ state: "needs_admin", problem: "unclear" });
  });

  test("a lead is not absent where Kommo shows our id in none of the leads that have it", async () => {
    await standOne();
    const id = await save();
    desk.practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await accept(id);

    await settle(withoutFields);
    await settle(withoutFields);

    expect(desk.copies(id)).toHaveLength(1);
    expect(await readLead(id, desk.db)).toMatchObject({ state: "needs_admin", problem: "unclear" });
  });

  test("a copy with our id in the field of before is found before the lead goes again", async () => {
    const id = await save();
    desk.practice.failNext({ kind: "hold-cut", method: "POST" });
    await round();
    desk.pass(SETTLED_MS);
    await round();
    await publishAnother();
    desk.practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    await desk.practice.control.applyHeld();
    await accept(id);

    await settle();

    expect(desk.copies(id)).toHaveLength(1);
    expect(await readLead(id, desk.db)).toMatchObject({ state: "confirmed" });
  });

  test("a late copy with our id in the field of before is told as a double", async () => {
    const id = await save();
    desk.practice.failNext({ kind: "hold-cut", method: "POST" });
    await round();
    await settle();
    expect(await readLead(id, desk.db)).toMatchObject({ state: "confirmed" });
    await publishAnother();
    await desk.practice.control.applyHeld();
    await accept(id);

    expect(await watchForTwins(desk.db, now)).toBe(1);
    expect(desk.copies(id)).toHaveLength(2);
  });
});
