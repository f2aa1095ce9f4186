import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { resendLeads, settleLead } from "@/lib/delivery/mutations";
import type { Lead } from "@/lib/domain/lead/schema";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import type { ComplexLead } from "@/lib/domain/mapping/payload/to-complex-lead";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { AppError } from "@/lib/errors";
import { saveLookUp } from "@/lib/known-clients/mutations";
import { correctLead, createLead, sendNow, withdrawLead } from "@/lib/leads/mutations";
import { createRandom } from "@/practice/faults/random";
import { aLead } from "@/tests/support/builders";
import { aField, aMapping } from "@/tests/support/catalogues";
import { insertSeller } from "@/tests/support/people";
import { checkHistory, type Known, type Row } from "./check-history";
import { aCount, copyDesk } from "./copy-desk";
import { DeskProcess } from "./desk-process";
import { type History, type Step, toSeconds } from "./history";
import { BAD, KommoModel, type KommoRecord } from "./kommo-model";
import { Timeline } from "./timeline";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** When everything has to be settled, after the last step. */
const BOUND_MS = 60 * MINUTE;
const EPOCH = 1_763_719_200_000;
const REFERENCE = aField({ id: 777, name: "Lead Desk ID" });
const FIRST_WORDS = "Иван 1";
const LEAD = "Заявка: ";
const PAUSE_BEFORE_RESTART_MS = 10 * SECOND;

type Outcome = { violations: string[]; story: string[] };

export type Desk = { db: Db; author: string };

/** A database for one history after the other. */
export async function openDesk(hasReference: boolean): Promise<Desk> {
  const db = openDb("file::memory:");
  await migrate(db);
  const author = await insertSeller(db);
  const mapping = aMapping({ reference: hasReference ? toTarget(REFERENCE) : null, defaultCountry: "RU" });
  await db
    .insertInto("mappings")
    .values({ version: 1, body: JSON.stringify(mapping), published_at: 0, published_by: null })
    .execute();
  return { db, author };
}

/** Plays a history to its end and says what is wrong then, and, where asked, what happened. */
export async function runHistory(history: History, desk: Desk, isTold = false): Promise<Outcome> {
  await empty(desk.db);
  return new Play(history, desk, isTold).run();
}

async function empty(db: Db): Promise<void> {
  for (const table of ["attempt_leads", "attempts", "lead_keys", "leads", "name_parts"] as const)
    await db.deleteFrom(table).execute();
  await db.deleteFrom("contact_lookups").execute();
  await db.updateTable("attaching").set({ on_at: null, ended_at: null, ended_why: null }).execute();
  await db
    .updateTable("sender")
    .set({ holder: null, lease_ends: 0, rest_code: null, rest_since: null, probe_at: null, probes: 0 })
    .set({
      last_success: null,
      epoch: 0,
      uptime_ms: 0,
      batch_limit: 50,
      sendings: 0,
      last_lead_id: 0,
      restored_at: null,
      account_id: null,
      account_mark: null,
      kommo_ahead_ms: null,
    })
    .execute();
  const unused = { last_start: 0, gap_ms: 0, closed_until: 0, silence_ms: 0, taken: 0, taken_before: 0 };
  await db.updateTable("rate_lanes").set(unused).execute();
}

class Play {
  readonly #history: History;
  readonly #desk: Desk;
  readonly #isTold: boolean;
  readonly #timeline = new Timeline();
  readonly #random: () => number;
  readonly #kommo: KommoModel;
  readonly #known: Known[];
  readonly #violations: string[] = [];
  readonly #story: string[] = [];
  readonly #all: DeskProcess[] = [];
  readonly #sendings = aCount();
  #copy: { restore: () => Promise<void>; known: Known[] } | undefined;
  #copiedBackAt = 0;
  /** When each lead left for the first time. */
  readonly #leftAt = new Map<string, number>();
  #aheadMs: number;
  #isActing = 0;

  constructor(history: History, desk: Desk, isTold: boolean) {
    [this.#history, this.#desk, this.#isTold] = [history, desk, isTold];
    this.#random = createRandom(history.seed + 1);
    this.#aheadMs = history.aheadMs;
    this.#known = history.leads.map((traits, index) => ({
      ...traits,
      id: toId(history.seed, index),
      words: undefined,
      isWithdrawn: false,
      heldUntil: 0,
      isResent: false,
    }));
    this.#kommo = new KommoModel({
      timeline: this.#timeline,
      history,
      epoch: EPOCH,
      referenceFieldId: REFERENCE.id,
      random: this.#random,
      tell: (line) => this.#tell(line),
      isPoison: (ours) => this.#known.some(({ id, isPoison }) => id === ours && isPoison),
      toPhone,
      sentName: LEAD + FIRST_WORDS,
      onLeft: (item) => this.#checkLeaving(item),
      onApplied: (record) => this.#planSales(record),
    });
  }

  async run(): Promise<Outcome> {
    const { steps, processes } = this.#history;
    if (this.#history.addsToContacts) await this.#addToContacts();
    for (const step of steps) this.#timeline.at(step.at, () => this.#take(step));
    for (let number = 0; number < processes; number++) this.#start();
    const last = steps.reduce((most, { at }) => Math.max(most, at), 0);
    await this.#timeline.runUntil(last);
    await this.#settle(last + BOUND_MS);
    await this.#watchOnce();
    const rows = await this.#listRows();
    await this.#checkUpToDate();
    for (const process of this.#all) process.end();
    await this.#timeline.runUntil(this.#timeline.now);
    const wrong = checkHistory({ history: this.#history, known: this.#known, rows, kommo: this.#kommo });
    return { violations: [...this.#violations, ...wrong], story: this.#story };
  }

  /** Kommo has a contact of each person, and the desk has just asked for it. */
  async #addToContacts(): Promise<void> {
    const { db } = this.#desk;
    await db.updateTable("attaching").set({ on_at: EPOCH }).execute();
    for (const person of new Set(this.#history.leads.map((lead) => lead.person))) {
      const [id, phone] = [toContactIdOf(person), toPhone(person)];
      this.#kommo.contacts.set(id, phone);
      await saveLookUp(phone, [{ id, name: "Иван", userId: null, isExact: true }], db, this.#readClock());
    }
  }

  /** Until every lead is somewhere for good and Kommo shows all it has, at most until the bound. */
  async #settle(bound: number): Promise<void> {
    while (this.#timeline.now < bound) {
      await this.#timeline.runUntil(this.#timeline.now + 15 * SECOND);
      await this.#tellStates();
      if (this.#kommo.pending === 0 && this.#isActing === 0 && (await this.#isSettled())) break;
    }
    const visible = this.#kommo.records.reduce((most, { visibleAt }) => Math.max(most, visibleAt), 0);
    await this.#timeline.runUntil(Math.max(this.#timeline.now, visible));
  }

  /** Maintenance watches for second copies once a minute. */
  async #watchOnce(): Promise<void> {
    this.#kommo.getFaults.length = 0;
    this.#kommo.postFaults.length = 0;
    await this.#timeline.runUntil(this.#timeline.now + 3 * MINUTE);
    await this.#tellStates();
  }

  async #checkUpToDate(): Promise<void> {
    if (this.#history.steps.some(({ kind }) => kind === "copy back")) return;
    const sender = await this.#desk.db.selectFrom("sender").select("restored_at").executeTakeFirst();
    if (sender?.restored_at) this.#violations.push("the database was taken for one that was copied back");
  }

  async #isSettled(): Promise<boolean> {
    const rows = await this.#listRows();
    return rows.every(({ state }) => ["confirmed", "needs_fix", "needs_admin", "withdrawn"].includes(state));
  }

  #listRows(): Promise<Row[]> {
    return this.#desk.db
      .selectFrom("leads")
      .select(["id", "state", "problem", "due_at", "sent_at", "kommo_lead_id", "twin_id", "watch_until"])
      .execute();
  }

  #start(): void {
    const name = `P${this.#all.length + 1}`;
    const process: DeskProcess = new DeskProcess({
      name,
      base: this.#desk.db,
      timeline: this.#timeline,
      now: () => this.#readClock(),
      isOneMachine: this.#history.isOneMachine,
      random: this.#random,
      slowMs: this.#history.slowMs,
      sendings: this.#sendings,
      ask: (method, url, bytes) => this.#ask(method, url, bytes),
      kommoDate: () => new Date(EPOCH + this.#timeline.now).toUTCString(),
      renewOther: async () => {
        const holder = this.#all.find((other) => other !== process && other.isHolder());
        await holder?.renew().catch(() => undefined);
        return holder?.isHolder() ?? false;
      },
      onBug: (error) => this.#violations.push(`a bug: ${error instanceof Error ? error.stack : error}`),
      onDeath: () => this.#startLater(),
      tell: (line) => this.#tell(line),
    });
    this.#all.push(process);
    this.#tell(`${name} starts`);
    process.live().catch((error) => this.#violations.push(`a bug: ${error}`));
  }

  #startLater(): void {
    this.#timeline.at(this.#timeline.now + this.#random() * PAUSE_BEFORE_RESTART_MS, () => this.#start());
  }

  #ask(method: "GET" | "POST", url: URL, bytes: Uint8Array | undefined) {
    if (method === "GET") return this.#kommo.answerGet(url.pathname + url.search);
    const body = JSON.parse(Buffer.from(bytes ?? []).toString());
    if (url.pathname.endsWith("/leads/complex")) return this.#kommo.answerComplex(body as ComplexLead[]);
    return this.#kommo.answerPost(body as IncomingLead[]);
  }

  #take(step: Step): void {
    this.#tell(`step: ${JSON.stringify(step)}`);
    switch (step.kind) {
      case "post":
        this.#kommo.postFaults.push(step.fault);
        return;
      case "get":
        this.#kommo.getFaults.push(step.answer);
        return;
      case "lag":
        this.#kommo.lagMs = step.ms;
        return;
      case "jump":
        if (step.isStopped) for (const process of this.#all) process.kill();
        this.#aheadMs += step.ms;
        this.#wakeAll();
        return;
      case "copy":
        this.#copyOnceIdle(() => this.#copyDesk());
        return;
      case "copy back":
        this.#copyOnceIdle(() => this.#copyBack(step.isRunning));
        return;
      case "sales":
        return;
      case "contact gone":
        this.#kommo.contacts.delete(toContactIdOf(this.#getLead(step.lead).person));
        return;
      case "stranger":
        this.#kommo.addStranger(step, this.#getLead(step.lead).person);
        return;
      case "crash":
        this.#findSender()?.crashAfter(step.awaits);
        return;
      case "freeze":
        this.#findSender()?.freezeAfter(step.isBeforeBytes ? "bytes" : step.awaits, step.ms);
        return;
      default:
        this.#isActing++;
        this.#act(step)
          .catch((error) => this.#noteRefusal(error))
          .finally(() => {
            this.#isActing--;
            this.#wakeAll();
          });
    }
  }

  #findSender(): DeskProcess | undefined {
    return this.#all.find((process) => process.isHolder()) ?? this.#all.find(({ isDead }) => !isDead);
  }

  #wakeAll(): void {
    for (const process of this.#all) process.wake();
  }

  async #act(step: Step): Promise<void> {
    const { db, author } = this.#desk;
    if (step.kind === "remedy") return this.#remedy();
    if (!("lead" in step)) return;
    const known = this.#getLead(step.lead);
    const now = this.#now();
    const rules = { holdMs: this.#history.holdMs, defaultCountry: "RU" as const };
    if (step.kind === "create") {
      const words = known.isBad ? `${BAD} 1` : FIRST_WORDS;
      known.isLeavingUnknown = words;
      known.heldUntil = this.#timeline.now + rules.holdMs;
      await createLead(toLead(known, words), author, db, now, rules);
      known.words = words;
    }
    if (known.words === undefined) return;
    if (step.kind === "withdraw") {
      await withdrawLead(known.id, author, db, now);
      known.isWithdrawn = this.#isForgotten(known) ? undefined : true;
      this.#tell(`withdrawn ${toShort(known.id)}`);
    }
    if (step.kind === "correct") await this.#correct(known, toNext(known.words));
    if (step.kind === "send now") known.heldUntil = 0;
    if (step.kind === "send now") await sendNow(known.id, author, db, now);
  }

  async #copyDesk(): Promise<void> {
    const known = this.#known.map((one) => ({ ...one }));
    this.#copy = { known, restore: await copyDesk(this.#desk.db) };
  }

  /** What people were told since is forgotten. */
  async #copyBack(isRunning: boolean): Promise<void> {
    if (!this.#copy) return;
    if (!isRunning) for (const process of this.#all) process.kill();
    for (const [index, before] of this.#copy.known.entries()) {
      const known = this.#getLead(index);
      const isWithdrawn = known.isWithdrawn === before.isWithdrawn ? known.isWithdrawn : undefined;
      // What is on its way has the words of later.
      Object.assign(known, before, { isWithdrawn, isLeavingUnknown: known.words });
    }
    await this.#copy.restore();
    this.#copiedBackAt = this.#timeline.now;
    // A process that runs renews its lease all the time, and sees it then.
    this.#timeline.at(this.#timeline.now + 3 * SECOND, () => this.#wakeAll());
  }

  /** It left before the database was copied back, of which the desk knows nothing before it has looked in Kommo. */
  #isForgotten({ id }: Known): boolean {
    return (this.#leftAt.get(id) ?? Number.POSITIVE_INFINITY) < this.#copiedBackAt;
  }

  /** Between what people do, whose words would be half known. */
  #copyOnceIdle(copy: () => Promise<void>): void {
    if (this.#isActing > 0) {
      this.#timeline.at(this.#timeline.now + SECOND, () => this.#copyOnceIdle(copy));
      return;
    }
    this.#isActing++;
    copy()
      .catch((error) => this.#violations.push(`a bug: ${error}`))
      .finally(() => {
        this.#isActing--;
        this.#wakeAll();
      });
  }

  async #correct(known: Known, words: string): Promise<void> {
    const rules = { holdMs: this.#history.holdMs, defaultCountry: "RU" as const };
    known.isLeavingUnknown = words;
    const heldUntil = this.#timeline.now + rules.holdMs;
    await correctLead(toLead(known, words), this.#desk.author, this.#desk.db, this.#now(), rules);
    known.words = words;
    known.heldUntil = heldUntil;
    known.isWithdrawn = false;
    this.#tell(`corrected ${toShort(known.id)} to "${words}"`);
  }

  /** Somebody looks in Kommo for each lead that waits, and says what is there. Ends at the first that has changed meanwhile. */
  async #remedy(): Promise<void> {
    const { db, author } = this.#desk;
    const seen = await this.#listRows();
    // The page is a while old when its buttons are pressed.
    await this.#timeline.sleep(this.#random() * 30 * SECOND);
    for (const row of seen) {
      const known = this.#known.find(({ id }) => id === row.id);
      if (!known?.words) continue;
      if (row.state === "needs_fix") await this.#correct(known, toNext(known.words.replace(BAD, "Иван")));
      if (row.state !== "needs_admin") continue;
      const waiting = { id: row.id, state: row.state, sentAt: row.sent_at } as const;
      const [kommoLeadId] = this.#kommo
        .listStanding(row.id)
        .filter((id) =>
          this.#kommo.records.some((record) => record.id === id && this.#kommo.isVisible(record)),
        );
      this.#tell(`remedy ${toShort(row.id)}: ${kommoLeadId ? `it is #${kommoLeadId}` : "send again"}`);
      known.isResent ||= kommoLeadId === undefined;
      if (kommoLeadId) await settleLead({ ...waiting, kommoLeadId }, author, db, this.#now());
      else await resendLeads([waiting], author, db, this.#now());
    }
  }

  #noteRefusal(error: unknown): void {
    if (!(error instanceof AppError)) this.#violations.push(`a person gets a 500: ${error}`);
    else this.#tell(`a person is told: ${error.code}`);
  }

  #checkLeaving({ request_id, _embedded }: IncomingLead): void {
    const known = this.#known.find(({ id }) => id === request_id);
    if (!known) return;
    if (!this.#leftAt.has(request_id)) this.#leftAt.set(request_id, this.#timeline.now);
    const name = _embedded.leads[0].name.replace(LEAD, "");
    const hasJumped = this.#history.steps.some(({ kind }) => kind === "jump");
    if (!hasJumped && known.heldUntil > this.#timeline.now)
      this.#violations.push(`${toShort(request_id)} left while it was held`);
    if (known.isWithdrawn) this.#violations.push(`${toShort(request_id)} left although it was withdrawn`);
    if (name !== known.words && name !== known.isLeavingUnknown)
      this.#violations.push(
        `${toShort(request_id)} left as "${name}" after it was corrected to "${known.words}"`,
      );
  }

  #planSales(record: KommoRecord): void {
    const index = this.#known.findIndex(({ id }) => id === record.ours);
    for (const step of this.#history.steps) {
      if (step.kind !== "sales" || step.lead !== index) continue;
      const at = this.#timeline.now + step.afterMs;
      this.#timeline.at(at, () => this.#kommo.act(record, step.act, this.#getLead(index).person));
    }
  }

  #getLead(index: number): Known {
    const known = this.#known[index];
    if (!known) throw new Error(`there is no lead ${index}`);
    return known;
  }

  /** In the process that a person's browser talks to. */
  #now(): number {
    return this.#all.at(-1)?.tellTime() ?? this.#readClock();
  }

  #readClock(): number {
    return Math.floor(EPOCH + this.#timeline.now + this.#aheadMs);
  }

  #tell(line: string): void {
    if (this.#isTold) this.#story.push(`${toSeconds(this.#timeline.now)} ${line}`);
  }

  async #tellStates(): Promise<void> {
    if (!this.#isTold) return;
    const rows = await this.#listRows();
    const words = rows.map(({ id, state, problem, kommo_lead_id, twin_id }) =>
      [toShort(id), state, problem, kommo_lead_id && `#${kommo_lead_id}`, twin_id && `twin #${twin_id}`]
        .filter(Boolean)
        .join(" "),
    );
    const line = `states: ${words.join(", ")}`;
    if (!this.#story.findLast((told) => told.includes("states:"))?.endsWith(line)) this.#tell(line);
  }
}

function toId(seed: number, index: number): string {
  const tail = (seed % 0xff_ff_ff_ff).toString(16).padStart(8, "0") + index.toString(16).padStart(4, "0");
  return `00000000-0000-4000-8000-${tail}`;
}

function toShort(id: string): string {
  return id.slice(-4);
}

function toPhone(person: number): string {
  return `+7900123${String(person).padStart(4, "0")}`;
}

function toContactIdOf(person: number): number {
  return 500_000 + person;
}

function toLead({ id, person }: Known, words: string): Lead {
  return aLead({ id, name: words, phone: toPhone(person) });
}

function toNext(words: string): string {
  const [name, version] = words.split(" ");
  return `${name} ${Number(version) + 1}`;
}
