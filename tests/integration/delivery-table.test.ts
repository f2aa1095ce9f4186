import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { claimBatch } from "@/lib/delivery/claim";
import { verifyAfterRestore } from "@/lib/delivery/restore/after-restore";
import { type Send, sendBatch } from "@/lib/delivery/send";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { saveLookUp } from "@/lib/known-clients/mutations";
import { sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import { send, type Transport } from "@/lib/kommo/send";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { takeLease } from "@/lib/worker/lease";
import type { Fault, Practice, Switches } from "@/practice/server";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aTime, aTrial, type Time, type Trial } from "@/tests/support/delivery-table";
import { deliverDue } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { FORMS } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";
import { sleepBy } from "@/tests/support/timers";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const KNOWN_PHONE = "+79005550000";
const PLAIN = mappingSchema.parse({
  pipelineId: 12984871,
  fields: {
    phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" },
    telegram: { entity: "contacts", fieldId: 1709360 },
  },
});
const REFERENCED = { ...PLAIN, reference: { entity: "leads" as const, fieldId: 1711084, type: "text" } };
const CLEAN = { lost: 0, doubled: 0, flagged: 0, stuck: 0, asked: 0 };
const MODES = [
  { mode: "with a reference field", mapping: REFERENCED, isReferenced: true },
  { mode: "without a reference field", mapping: PLAIN, isReferenced: false },
];

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

let practice: Practice;
let time: Time;

async function startRow(): Promise<void> {
  time = aTime();
  sleepBy({ now: time.ours, set: (at) => time.pass(at - time.ours()) });
  practice = await openPractice({ now: () => time.kommo() });
}

afterAll(() => vi.unstubAllEnvs());

/**
 * What happens. With a reference field nothing is lost, doubled, flagged or stuck and nobody is asked, but for what
 * `referenced` says; without one nothing is lost, stuck, or doubled without being flagged.
 */
type Row = {
  name: string;
  run: (trial: Trial) => Promise<void>;
  referenced?: Partial<typeof CLEAN>;
  isForPostgres?: boolean;
};

const failPost = (fault: Fault) => practice.failNext({ ...fault, method: "POST" });
const setSwitches = (switches: Partial<Switches>) => {
  for (const [name, value] of Object.entries(switches))
    practice.control.setSwitch(name as keyof Switches, value);
};
/** Kommo's ids, in the order in which the leads came. */
const idsOf = (trial: Trial) => {
  const ours = new Set(trial.leads.map(({ id }) => id));
  return practice
    .incomingLeads()
    .reverse()
    .flatMap(({ requestId, leadId }) => (ours.has(requestId) ? leadId : []));
};
/** On a connection of its own: a kept one would lead to the practice Kommo of an earlier test on the same port. */
const createLeads = async (items: unknown[]) => {
  const headers = { authorization: `Bearer ${practice.token}`, connection: "close" };
  const body = JSON.stringify(items);
  await (await fetch(practice.url + FORMS, { method: "POST", headers, body })).text();
};
const createStrangers = (count: number) => createLeads(Array(count).fill(anItem()));
const acceptAll = async (trial: Trial) => {
  for (const leadId of idsOf(trial)) await practice.control.accept(leadId);
};

const ANSWERS: Fault[] = [
  { kind: "500-json", isApplied: true },
  { kind: "500-html", isApplied: true },
  { kind: "502", isApplied: true },
  { kind: "503", isApplied: true },
  { kind: "504", isApplied: true },
  { kind: "400-system", isApplied: true },
  { kind: "429-json", retryAfter: 3, isApplied: true },
  { kind: "429-html", isApplied: true },
  { kind: "answer", status: 408, isApplied: true },
  { kind: "answer", status: 520, body: "error code: 520", isApplied: true },
  { kind: "answer", status: 524, body: "error code: 524", isApplied: true },
];

const answered = ANSWERS.map(
  (fault): Row => ({
    name: `Kommo applies a batch and answers ${"status" in fault ? fault.status : fault.kind}`,
    isForPostgres: fault.kind === "500-json",
    async run(trial) {
      await trial.save(3);
      failPost(fault);
      await trial.round();
      const [first, second] = idsOf(trial);
      await practice.control.accept(first ?? 0);
      await practice.control.renameLead({ leadId: second ?? 0, name: "Переименован" });
    },
  }),
);

const held = [120, 160, 200].flatMap((seconds) =>
  (["hold-cut", "hold-504"] as const).map(
    (kind): Row => ({
      name: `${kind}: a batch is applied ${seconds} s later`,
      isForPostgres: seconds === 160,
      async run(trial) {
        await trial.save(3);
        failPost({ kind, ms: seconds * SECOND_MS });
      },
    }),
  ),
);

const lagging: Row[] = [
  {
    name: "the lists are 90 s late",
    async run(trial) {
      setSwitches({ listLagMs: 90_000, leadLagMs: 90_000 });
      await trial.save(3);
      failPost({ kind: "cut-after" });
      await trial.round();
    },
  },
  {
    name: "a batch is applied 150 s later, and the lists are 90 s late",
    async run(trial) {
      setSwitches({ listLagMs: 90_000, leadLagMs: 90_000 });
      await trial.save(3);
      failPost({ kind: "hold-504", ms: 150_000 });
    },
  },
  {
    name: "the application answers 500 to what it applied, and the lists are 90 s late",
    // 20 s after its answer absence is said: the second copy is seen and shown.
    referenced: { flagged: 3 },
    async run(trial) {
      setSwitches({ listLagMs: 90_000, leadLagMs: 90_000 });
      await trial.save(3);
      failPost({ kind: "500-json", isApplied: true });
      await trial.round();
    },
  },
  {
    name: "a batch is applied ten minutes later, when it has gone again",
    referenced: { flagged: 3 },
    isForPostgres: true,
    async run(trial) {
      await trial.save(3);
      failPost({ kind: "hold-cut", ms: 10 * MINUTE_MS });
    },
  },
];

/** Somebody in Kommo was quicker than our first look. */
/** One look in Kommo. `meanwhile` is called after each page that it reads. Answers how many these are. */
const look = async (trial: Trial, meanwhile: (page: number, url: URL) => Promise<void>): Promise<number> => {
  let page = 0;
  const transport: Transport = async (url, message) => {
    const answer = await send(url, message);
    await meanwhile(++page, url);
    return answer;
  };
  const takeSlot = async () => ({ isMissed: () => false, bookLater: async () => {} });
  await trial.db.updateTable("leads").set({ due_at: time.ours() }).where("state", "=", "checking").execute();
  await deliverDue(await trial.duty({ network: { takeSlot, transport } }));
  return page;
};

const slowLooks: Row[] = [
  {
    name: "Kommo applies a request after the last list of a look is read, and is surely done with it when the look ends",
    isForPostgres: true,
    async run(trial) {
      await trial.save(1);
      failPost({ kind: "hold-504" });
      await trial.round();
      time.pass(6 * MINUTE_MS - 2 * SECOND_MS);
      const last = await look(trial, async () => {});
      await look(trial, async (page) => {
        if (page < last) return;
        await practice.control.applyHeld();
        time.pass(3 * SECOND_MS);
      });
    },
  },
  {
    name: "a lead is declined, and a look begins before and ends after the time in which nothing is surely absent",
    referenced: { asked: 1 },
    async run(trial) {
      setSwitches({ createdValuesTold: false });
      await trial.save(1);
      failPost({ kind: "cut-after" });
      await trial.round();
      await practice.control.decline(idsOf(trial)[0] ?? 0);
      time.pass(6 * MINUTE_MS - 2 * SECOND_MS);
      await look(trial, async (page) => {
        if (page === 2) time.pass(3 * SECOND_MS);
      });
    },
  },
  {
    name: "a colleague declines another lead between two pages, and the one in question moves to the page before",
    isForPostgres: true,
    async run(trial) {
      await trial.save(1);
      failPost({ kind: "cut-after" });
      await trial.round();
      await acceptAll(trial);
      await createStrangers(250);
      time.pass(7 * MINUTE_MS);
      let isDeclined = false;
      await look(trial, async (_, { pathname, search }) => {
        if (isDeclined || !pathname.endsWith("/leads") || !search.includes("page=1")) return;
        isDeclined = true;
        await practice.control.decline(practice.incomingLeads()[0]?.leadId ?? 0);
      });
    },
  },
];

/** The look that decides, during which it is brought back from the trash when Kommo's trash is about to be read. */
const bringBack: Row = {
  name: "a lead is brought back from the trash while the look that decides reads Kommo's lists",
  isForPostgres: true,
  async run(trial) {
    await trial.save(1);
    failPost({ kind: "cut-after" });
    await trial.round();
    const [leadId = 0] = idsOf(trial);
    await practice.control.accept(leadId);
    await practice.control.trashLead({ leadId });
    time.pass(7 * MINUTE_MS);
    const lists: number[] = [];
    await look(trial, async (page, { pathname, search }) => {
      if (!pathname.endsWith("/leads") || search.includes("only_deleted")) return;
      if (lists.push(page) === 1) await practice.control.restoreLead({ leadId });
    });
  },
};

const doubled: Row = {
  name: "two leads are made of one request that had no answer",
  referenced: { flagged: 1 },
  isForPostgres: true,
  async run(trial) {
    await trial.save(1);
    failPost({ kind: "cut-after" });
    await trial.round();
    await createLeads([practice.incomingLeads()[0]?.item]);
  },
};

const unshown = [0, 6].map(
  (minutes): Row => ({
    name: `all lists are answered as empty${minutes > 0 ? ` for ${minutes} minutes` : ""} while a lead is verified, also those with leads of ours`,
    referenced: { asked: minutes > 0 ? 1 : 0 },
    isForPostgres: true,
    async run(trial) {
      await trial.save(1);
      await trial.round();
      await trial.save(1);
      failPost({ kind: "cut-after" });
      await trial.round();
      time.pass(7 * MINUTE_MS);
      practice.failNext({ kind: "answer", status: 204, method: "GET", path: "/leads" }, 400);
      await trial.round();
      for (let passed = 0; passed < minutes; passed++) {
        time.pass(MINUTE_MS);
        await trial.round();
      }
      practice.control.clearFaults();
    },
  }),
);

const edited = (
  [
    ["changes the phone", (leadId) => practice.control.editContact({ leadId, phones: ["+79990000000"] })],
    [
      "changes the names",
      async (leadId) => {
        await practice.control.renameLead({ leadId, name: "Переименован" });
        await practice.control.editContact({ leadId, name: "Другой" });
      },
    ],
    [
      "changes phone and names",
      async (leadId) => {
        await practice.control.renameLead({ leadId, name: "Переименован" });
        await practice.control.editContact({ leadId, name: "Другой", phones: ["+79990000000"] });
      },
    ],
    [
      "adds a second phone",
      (leadId) => practice.control.editContact({ leadId, phones: ["+79001000000", "+79990000000"] }),
    ],
    [
      "adds an extension",
      (leadId) => practice.control.editContact({ leadId, phones: ["+7 900 100-00-00 доб. 12"] }),
    ],
    ["removes the contact's phone", (leadId) => practice.control.editContact({ leadId, phones: [] })],
  ] satisfies [string, (leadId: number) => Promise<void>][]
).map(
  ([name, edit]): Row => ({
    name: `a salesperson ${name} before we look`,
    async run(trial) {
      await trial.save(1);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await edit(idsOf(trial)[0] ?? 0);
    },
  }),
);

const merged: Row[] = [
  {
    name: "a salesperson merges it into an older lead of a stranger before we look",
    async run(trial) {
      const [lead] = await trial.save(1);
      await createStrangers(1);
      const [stranger] = practice.incomingLeads();
      await practice.control.accept(stranger?.leadId ?? 0);
      time.pass(5 * MINUTE_MS);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await practice.control.mergeLeads({
        leadId: (lead && trial.copies(lead)[0]?.leadId) ?? 0,
        intoId: stranger?.leadId ?? 0,
      });
    },
  },
  {
    name: "Kommo merges it into an older lead of ours before we look, and its reference is gone",
    referenced: { asked: 1 },
    async run(trial) {
      await trial.save(1, { phone: "+7 900 555-00-00" });
      await trial.round();
      await acceptAll(trial);
      time.pass(5 * MINUTE_MS);
      await trial.save(1, { phone: "+7 900 555-00-00" });
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      setSwitches({ mergeAfterMs: 0 });
      await trial.round();
      time.pass(10 * SECOND_MS);
      await trial.round();
      setSwitches({ mergeAfterMs: null });
    },
  },
  {
    name: "our clock is 1 s ahead, and a lead is at once merged into an older one of ours",
    referenced: { asked: 1 },
    async run(trial) {
      time.jump(SECOND_MS);
      await trial.save(1, { phone: "+7 900 555-00-00" });
      await trial.round();
      await acceptAll(trial);
      time.pass(5 * MINUTE_MS);
      await trial.save(1, { phone: "+7 900 555-00-00" });
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      const [intoId = 0, leadId = 0] = idsOf(trial);
      await practice.control.mergeLeads({ leadId, intoId });
    },
  },
  {
    name: "a look is for two at once, and between their sendings an older lead of the later one's person has changed",
    isForPostgres: true,
    async run(trial) {
      await trial.save(1);
      failPost({ kind: "503" });
      await trial.round();
      await trial.save(1, { phone: "+7 900 555-00-00" });
      await trial.round();
      await acceptAll(trial);
      time.pass(MINUTE_MS);
      await trial.save(1, { phone: "+7 900 555-00-00" });
      failPost({ kind: "503" });
      await trial.round();
      time.pass(7 * MINUTE_MS);
    },
  },
  {
    name: "Kommo merges one of a batch, and another is declined, of which its events do not tell",
    referenced: { asked: 2 },
    async run(trial) {
      practice.control.setSwitch("createdValuesTold", false);
      await trial.save(1, { phone: "+7 900 555-00-00" });
      await trial.round();
      await acceptAll(trial);
      time.pass(5 * MINUTE_MS);
      const [merged] = await trial.save(1, { phone: "+7 900 555-00-00" });
      const [declined] = await trial.save(1);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      const [older] = idsOf(trial);
      const toId = (lead = merged) => (lead && trial.copies(lead)[0]?.leadId) ?? 0;
      await practice.control.mergeLeads({ leadId: toId(), intoId: older ?? 0 });
      await practice.control.decline(toId(declined));
    },
  },
];

const withoutPhone = [{ phone: "", telegram: "@petrov_ivan" }, { phone: "вечером, после шести" }].map(
  (fields): Row => ({
    name: `only ${fields.telegram ? "a Telegram" : "no number"} as contact, and the lead is renamed before we look`,
    async run(trial) {
      await trial.save(1, fields);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await practice.control.renameLead({ leadId: idsOf(trial)[0] ?? 0, name: "Переименован" });
    },
  }),
);

const clocks: Row[] = [
  ...[10, -10].map(
    (minutes): Row => ({
      name: `our clock is ${minutes} min off, and the lead is accepted before we look`,
      isForPostgres: minutes > 0,
      async run(trial) {
        time.jump(minutes * MINUTE_MS);
        await trial.save(3);
        failPost({ kind: "500-html", isApplied: true });
        await trial.round();
        await acceptAll(trial);
      },
    }),
  ),
  ...[10, -10].map(
    (minutes): Row => ({
      name: `our clock jumps by ${minutes} min while a batch is held for 150 s`,
      async run(trial) {
        await trial.save(3);
        failPost({ kind: "hold-cut", ms: 150_000 });
        await trial.round();
        time.jump(minutes * MINUTE_MS);
        await trial.round();
      },
    }),
  ),
  {
    name: "two processes take turns, their clocks 120 s apart, while a batch is held for 150 s",
    isForPostgres: true,
    async run(trial) {
      await trial.save(3);
      failPost({ kind: "hold-504", ms: 150_000 });
      for (let turn = 0; turn < 8; turn++) {
        const ahead = turn % 2 === 0 ? 120_000 : 0;
        const now = () => time.ours() + ahead;
        const holder = ahead ? "ahead" : "behind";
        const lease = await takeLease({ holder, isDead: () => true }, trial.db, now());
        await deliverDue(await trial.duty({ now, epoch: lease?.epoch ?? 0 }));
        time.pass(15 * SECOND_MS);
      }
    },
  },
];

/** Sends when the process wakes, whatever has happened to its lease. */
const frozen =
  (ms: number): Row["run"] =>
  async (trial) => {
    await trial.save(3);
    const duty = await trial.duty();
    const sendLate: Send = async (items, options) => {
      await takeLease({ holder: "another", isDead: () => true }, trial.db, time.ours());
      await trial.round();
      for (let passed = 0; passed < ms; passed += 10 * SECOND_MS) {
        time.pass(10 * SECOND_MS);
        await trial.round();
      }
      // It froze after the last question whether the request may leave.
      const slot = async () => ({ ...(await options.slot()), isMissed: () => false });
      return sendIncomingLeads(items, { ...options, slot, mayLeave: () => true });
    };
    const published = { version: 1, mapping: trial.mapping };
    await sendBatch(await claimBatch(duty), { published }, duty, sendLate);
  };

const freezes: Row[] = [
  { name: "a process freezes for 100 s between fence and write", isForPostgres: true, run: frozen(100_000) },
  {
    name: "a process freezes for ten minutes between fence and write, when its leads have gone again",
    referenced: { flagged: 3 },
    run: frozen(10 * MINUTE_MS),
  },
  {
    name: "a disk holds a request back for ten minutes, no answer comes, and a colleague changes phone and names",
    async run(trial) {
      await trial.save(1);
      const duty = await trial.duty();
      const sendLate: Send = async (items, options) => {
        time.pass(10 * MINUTE_MS);
        failPost({ kind: "cut-after" });
        return sendIncomingLeads(items, options);
      };
      const published = { version: 1, mapping: trial.mapping };
      await sendBatch(await claimBatch(duty), { published }, duty, sendLate);
      practice.control.clearFaults();
      await acceptAll(trial);
      for (const leadId of idsOf(trial)) {
        await practice.control.renameLead({ leadId, name: "Переименован" });
        await practice.control.editContact({ leadId, name: "Другой", phones: ["+79990000000"] });
      }
    },
  },
  {
    name: "ids come back late, when another process has taken over",
    async run(trial) {
      await trial.save(3);
      const duty = await trial.duty();
      const answerLate: Send = async (items, options) => {
        const arrivals = await sendIncomingLeads(items, options);
        await takeLease({ holder: "another", isDead: () => true }, trial.db, time.ours());
        return arrivals;
      };
      const published = { version: 1, mapping: trial.mapping };
      await sendBatch(await claimBatch(duty), { published }, duty, answerLate);
    },
  },
];

const batches: Row[] = [
  {
    name: "Kommo answers 504 to batches over 25",
    isForPostgres: true,
    async run(trial) {
      setSwitches({ mostItems: 25 });
      await trial.save(60);
    },
  },
  {
    name: "Kommo answers 504 to batches over 3",
    async run(trial) {
      setSwitches({ mostItems: 3 });
      await trial.save(60);
    },
  },
  {
    name: "one lead makes its batch of fifty answer 504: it alone waits for a person",
    referenced: { asked: 1 },
    async run(trial) {
      practice.control.setPoison({ marker: "яд", effect: "504" });
      await trial.save(24);
      await trial.save(1, { name: "яд" });
      await trial.save(25);
    },
  },
];

const odd: Row[] = [
  ...(["oddRecords", "textIds"] as const).map(
    (name): Row => ({
      name: `lists have ${name} while accepted and incoming leads are verified`,
      async run(trial) {
        await trial.save(3);
        failPost({ kind: "500-html", isApplied: true });
        await trial.round();
        await practice.control.accept(idsOf(trial)[0] ?? 0);
        setSwitches({ [name]: true });
      },
    }),
  ),
  ...(["oddRecords", "textIds"] as const).map(
    (name): Row => ({
      name: `lists have ${name} while an absent lead is verified`,
      async run(trial) {
        await trial.save(1);
        failPost({ kind: "503" });
        setSwitches({ [name]: true });
      },
    }),
  ),
  {
    name: "the lists weigh 6 MB",
    async run(trial) {
      await trial.save(3);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await acceptAll(trial);
      practice.failNext({ kind: "oversized", method: "GET" }, 400);
    },
  },
];

const declines: Row[] = [
  {
    name: "all of a batch are declined while they are unconfirmed",
    async run(trial) {
      await trial.save(3);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      for (const leadId of idsOf(trial)) await practice.control.decline(leadId);
    },
  },
  {
    name: "one of a batch is declined while it is unconfirmed",
    async run(trial) {
      await trial.save(3);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await practice.control.decline(idsOf(trial)[0] ?? 0);
    },
  },
  {
    name: "two are declined in an account whose events do not tell what leads were created with",
    referenced: { asked: 2 },
    async run(trial) {
      practice.control.setSwitch("createdValuesTold", false);
      await trial.save(2);
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      for (const leadId of idsOf(trial)) await practice.control.decline(leadId);
    },
  },
  {
    name: "a stranger's declined lead lies in the trash beside sixty absent ones",
    async run(trial) {
      await trial.save(60);
      failPost({ kind: "503" });
      failPost({ kind: "503" });
      await trial.round();
      await createStrangers(1);
      await practice.control.decline(practice.incomingLeads()[0]?.leadId ?? 0);
    },
  },
  {
    name: "a stranger's declined lead lies in the trash beside sixty accepted ones",
    async run(trial) {
      await trial.save(60);
      failPost({ kind: "500-html", isApplied: true });
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await createStrangers(1);
      await practice.control.decline(practice.incomingLeads()[0]?.leadId ?? 0);
      await acceptAll(trial);
    },
  },
];

/** A contact that Kommo lists, with an older lead; its leads are added to it from now on. Answers its id. */
const addToContact = async (trial: Trial): Promise<number> => {
  await trial.save(1, { phone: KNOWN_PHONE });
  await trial.round();
  await acceptAll(trial);
  const { contactId } = practice.incomingLeads().at(-1) ?? {};
  const { account_id } = await trial.db.selectFrom("sender").select("account_id").executeTakeFirstOrThrow();
  await trial.db.updateTable("attaching").set({ account_id, on_at: time.ours() }).execute();
  const found = { id: contactId ?? 0, name: "Иван", userId: null, isExact: true };
  await saveLookUp(KNOWN_PHONE, [found], trial.db, time.ours());
  time.pass(5 * MINUTE_MS);
  return contactId ?? 0;
};
const saveKnown = (trial: Trial, name = "Иван") => trial.save(1, { phone: KNOWN_PHONE, name });

const known: Row[] = [
  {
    name: "Kommo refuses the contact of one of a batch that it applies in part",
    isForPostgres: true,
    async run(trial) {
      const contactId = await addToContact(trial);
      await practice.control.deleteContact({ contactId });
      setSwitches({ batch: "partial" });
      await saveKnown(trial);
      await trial.save(3);
    },
  },
  {
    name: "the contact is merged into another between look-up and sending",
    async run(trial) {
      await trial.save(1);
      const contactId = await addToContact(trial);
      const intoId = practice.incomingLeads().find((other) => other.contactId !== contactId)?.contactId ?? 0;
      await practice.control.mergeContacts({ contactId, intoId });
      await saveKnown(trial);
    },
  },
  {
    name: "an account stops taking contacts by their id while several batches are under way",
    async run(trial) {
      await addToContact(trial);
      setSwitches({ contactId: "refused" });
      for (let index = 0; index < 60; index++) await saveKnown(trial, `Иван ${index}`);
    },
  },
  ...[false, true].map(
    (isAccepted): Row => ({
      name: `a lead that was added to a contact is ${isAccepted ? "accepted" : "incoming"} when we look`,
      isForPostgres: isAccepted,
      async run(trial) {
        await addToContact(trial);
        await saveKnown(trial, "Пётр");
        failPost({ kind: "500-html", isApplied: true });
        await trial.round();
        if (isAccepted) await practice.control.accept(practice.incomingLeads()[0]?.leadId ?? 0);
      },
    }),
  ),
  {
    name: "two leads that were added to one contact are unconfirmed, and one was not applied",
    async run(trial) {
      await addToContact(trial);
      await saveKnown(trial, "Пётр");
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await saveKnown(trial, "Павел");
      failPost({ kind: "503" });
      await trial.round();
      await practice.control.accept(practice.incomingLeads()[0]?.leadId ?? 0);
    },
  },
  {
    name: "the contact is merged into another while a lead that was added to it is unconfirmed",
    async run(trial) {
      await trial.save(1);
      const contactId = await addToContact(trial);
      const intoId = practice.incomingLeads().find((other) => other.contactId !== contactId)?.contactId ?? 0;
      await saveKnown(trial, "Пётр");
      failPost({ kind: "500-html", isApplied: true });
      await trial.round();
      await practice.control.accept(practice.incomingLeads()[0]?.leadId ?? 0);
      await practice.control.mergeContacts({ contactId, intoId });
    },
  },
  {
    name: "the request that adds a lead to a contact never arrived, and goes again",
    async run(trial) {
      await addToContact(trial);
      await saveKnown(trial, "Пётр");
      failPost({ kind: "503" });
    },
  },
];

/** Puts the rows back as they were, as a back-up does. */
const restore = async (trial: Trial, rows: Awaited<ReturnType<typeof readRows>>) => {
  await trial.db.deleteFrom("attempt_leads").execute();
  await trial.db.deleteFrom("attempts").execute();
  for (const { id, created_at, ...row } of rows)
    await trial.db.updateTable("leads").set(row).where("id", "=", id).execute();
  const lastLeadId = Math.max(0, ...rows.map(({ kommo_lead_id }) => kommo_lead_id ?? 0));
  await trial.db.updateTable("sender").set({ last_lead_id: lastLeadId }).execute();
  time.pass(MINUTE_MS);
  await trial.db.insertInto("restore_point").values({ id: "look-first", restored_at: time.ours() }).execute();
  await verifyAfterRestore(trial.db, time.ours());
};
const readRows = ({ db }: Trial) => db.selectFrom("leads").selectAll().execute();

const restores: Row[] = [
  {
    name: "a back-up forgets 1,000 leads that were accepted meanwhile, some renamed, some with another phone",
    async run(trial) {
      await trial.save(1000);
      const rows = await readRows(trial);
      await trial.settle();
      await acceptAll(trial);
      const ids = idsOf(trial);
      for (const leadId of ids.slice(0, 250))
        await practice.control.renameLead({ leadId, name: "Переименован" });
      for (const leadId of ids.slice(200, 300))
        await practice.control.editContact({ leadId, phones: ["+79990000000"] });
      await restore(trial, rows);
    },
  },
  {
    name: "a back-up is restored before anything has left, and strangers came to Kommo since",
    async run(trial) {
      await trial.save(60);
      time.pass(MINUTE_MS);
      await createStrangers(20);
      for (const { leadId } of practice.incomingLeads()) await practice.control.accept(leadId);
      await restore(trial, await readRows(trial));
    },
  },
];

const ROWS = [
  ...answered,
  ...held,
  ...lagging,
  ...slowLooks,
  bringBack,
  doubled,
  ...unshown,
  ...edited,
  ...merged,
  ...withoutPhone,
  ...clocks,
  ...freezes,
  ...batches,
  ...odd,
  ...declines,
  ...known,
  ...restores,
];
const DATABASES = [migratedDatabases[0], migratedDatabases.at(-1)].flatMap((database) => database ?? []);

describe.each(DATABASES)("nothing is lost, doubled or stuck on $name", ({ name: database, open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(startRow);
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  describe.each(MODES)("$mode", ({ mapping, isReferenced }) => {
    const rows = ROWS.filter((row) => database === "SQLite" || row.isForPostgres);

    test.each(rows)("$name", { timeout: 60_000 }, async ({ run, referenced }) => {
      const author = await insertSeller(db);
      await saveFirstMapping(mapping, db);
      const trial = aTrial(db, practice, author, time, mapping);

      await run(trial);
      const counts = await trial.judge();

      if (isReferenced) expect(counts).toEqual({ ...CLEAN, ...referenced });
      else expect(counts).toMatchObject({ lost: 0, doubled: 0, stuck: 0 });
    });
  });
});
