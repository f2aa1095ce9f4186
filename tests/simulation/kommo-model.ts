import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import type { ComplexLead } from "@/lib/domain/mapping/payload/to-complex-lead";
import { AppError } from "@/lib/errors";
import {
  type GetAnswer,
  type History,
  isOfApplication,
  type PostAnswer,
  type PostFault,
  type SalesAct,
  type Step,
} from "./history";
import type { Timeline } from "./timeline";

const SECOND = 1000;
const TIMEOUT_MS = 20 * SECOND;
const SOON_MS = 15 * SECOND;
const PIPELINE = 10;
const STATUS = { incoming: 1, accepted: 2 };

export type RawAnswer = { status: number; type: string; text: string };

type Status = "incoming" | "accepted" | "declined" | "merged";

/** A lead as Kommo has it; `ours` is our lead's id where we have sent it. Times in virtual ms. */
export type KommoRecord = {
  id: number;
  ours: string | null;
  uid: string;
  /** As the sender says, in unix seconds. */
  createdAt: number;
  formPage: string | null;
  name: string;
  /** Several leads have one that Kommo had before. */
  contactId: number;
  phones: string[];
  reference: string | null;
  /** With which it was created. */
  createdWith: string | null;
  status: Status;
  mergedInto: number | null;
  appliedAt: number;
  visibleAt: number;
  updatedAt: number;
  /** It came, or was shown, after the time in which the desk takes a request for settled. */
  isOverdue: boolean;
};

type Stranger = Extract<Step, { kind: "stranger" }>;

type Settings = {
  timeline: Timeline;
  history: History;
  /** Unix ms at virtual time 0, by Kommo's clock. */
  epoch: number;
  referenceFieldId: number;
  random: () => number;
  tell: (line: string) => void;
  isPoison: (ours: string) => boolean;
  toPhone: (person: number) => string;
  /** What our leads are called in Kommo before they are corrected. */
  sentName: string;
  /** Told of each item at the moment its first byte leaves. */
  onLeft: (item: IncomingLead) => void;
  onApplied: (record: KommoRecord) => void;
};

/** Kommo as far as the delivery talks to it, in virtual time. */
export class KommoModel {
  readonly records: KommoRecord[] = [];
  readonly postFaults: PostFault[] = [];
  readonly getFaults: GetAnswer[] = [];
  /** The phones of contacts that Kommo has without a lead of ours, by their ids. */
  readonly contacts = new Map<number, string>();
  lagMs = 0;
  /** By our lead's id: how often it went alone and was not taken. */
  readonly failedAlone = new Map<string, number>();
  /** Requests that are still to be applied. */
  pending = 0;
  #nextId = 1000;
  #showsSenders = true;
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The ids of Kommo's leads in which one of ours stands: its copies, and what they were merged into. */
  listStanding(ours: string): number[] {
    const copies = this.records.filter((record) => record.ours === ours);
    const ids = copies.flatMap((copy) => this.#findStanding(copy) ?? []);
    return [...new Set(ids)];
  }

  isVisible({ visibleAt }: KommoRecord): boolean {
    return visibleAt <= this.#settings.timeline.now;
  }

  addStranger({ isSamePerson, isSameName, status, ageMs }: Stranger, person: number): void {
    const phone = this.#settings.toPhone(isSamePerson ? person : 900 + this.records.length);
    const record = this.#add({
      ours: null,
      formPage: null,
      name: isSameName ? this.#settings.sentName : "Сделка",
      phones: [phone],
      reference: null,
    });
    const madeAt = this.#settings.timeline.now - ageMs;
    const made = { createdAt: this.#toUnix(madeAt), updatedAt: madeAt };
    Object.assign(record, { ...made, status });
  }

  act(record: KommoRecord, act: SalesAct, person: number): void {
    if (record.status !== "incoming" && record.status !== "accepted") return;
    const { tell } = this.#settings;
    tell(`Kommo: #${record.id} ${act}`);
    // Whatever is changed of an incoming lead takes it out of the incoming ones.
    const accepted = { status: "accepted" as const };
    if (act === "accept") this.#update(record, accepted);
    if (act === "decline") this.#update(record, { status: "declined" });
    if (act === "rename") this.#update(record, { ...accepted, name: `${record.name} (перезвонить)` });
    if (act === "rephone") this.#update(record, { ...accepted, phones: ["+79990000000"] });
    if (act === "second phone")
      this.#update(record, { ...accepted, phones: ["+79990000001", ...record.phones] });
    if (act === "merge") this.#merge(record, person);
  }

  async answerPost(items: IncomingLead[]): Promise<RawAnswer> {
    const { timeline, history, isPoison, tell } = this.#settings;
    const fault = this.postFaults.shift();
    if (fault?.answer === "unreachable") throw new AppError("unreachable");
    for (const item of items) this.#settings.onLeft(item);
    tell(
      `POST ${items.map((item) => this.#toWord(item)).join(" ")}${fault ? ` !${JSON.stringify(fault)}` : ""}`,
    );

    const [first] = items;
    if (fault && first && items.length === 1)
      this.failedAlone.set(first.request_id, (this.failedAlone.get(first.request_id) ?? 0) + 1);
    const isTooMuch = items.length > history.largestTaken;
    if (isTooMuch || items.some(({ request_id }) => isPoison(request_id))) {
      await timeline.sleep(10 * SECOND);
      tell("POST answered 504: too much or poison");
      return html(504);
    }
    const isRefused = (item: IncomingLead) => isBad(item) || this.#namesNobody(item);
    const refused = items.filter(isRefused);
    if (refused.length > 0) {
      await timeline.sleep(200);
      const taken = history.takesRestOfRejected ? items.filter((item) => !isRefused(item)) : [];
      for (const item of taken) this.#apply(item, { appliedAfterMs: 0, isSoon: true });
      tell("POST answered 400: rejected");
      return toRejection(refused, (item) => this.#namesNobody(item));
    }
    return fault ? this.#fail(items, fault) : this.#take(items);
  }

  /** By /leads/complex, without duplicates of before: a bare list comes back, and what we sent shows our id in its page alone. */
  async answerComplex(leads: ComplexLead[]): Promise<RawAnswer> {
    this.#showsSenders = false;
    const answer = await this.answerPost(leads.map(toItem));
    return answer.status === 200 ? toBareList(answer) : answer;
  }

  #namesNobody({ _embedded }: IncomingLead): boolean {
    const { id } = _embedded.contacts[0];
    return id !== undefined && !this.contacts.has(id);
  }

  async answerGet(path: string): Promise<RawAnswer> {
    const { timeline, random, history, tell } = this.#settings;
    const fault = this.getFaults.shift();
    await timeline.sleep(20 + Math.floor(random() * 300));
    if (fault) {
      tell(`GET answered ${fault}`);
      return this.#failGet(fault);
    }
    const answer = this.#read(new URL(path, "http://kommo"));
    if (history.slowListMs > 0) await timeline.sleep(Math.floor(random() * history.slowListMs));
    return answer;
  }

  async #take(items: IncomingLead[]): Promise<RawAnswer> {
    const { timeline, random, tell } = this.#settings;
    await timeline.sleep(20 + Math.floor(random() * 500));
    const records = items.map((item) => this.#apply(item));
    await timeline.sleep(20 + Math.floor(random() * 500));
    tell("POST answered 200");
    return toSuccess(records, items);
  }

  async #fail(items: IncomingLead[], fault: PostFault): Promise<RawAnswer> {
    const { timeline, tell } = this.#settings;
    if (fault.isApplied) {
      this.pending++;
      timeline.at(timeline.now + fault.appliedAfterMs, () => {
        this.pending--;
        const { appliedAfterMs, answer } = fault;
        for (const item of items) this.#apply(item, { appliedAfterMs, isSoon: isOfApplication(answer) });
      });
    }
    await timeline.sleep(fault.answer === "timeout" ? TIMEOUT_MS : fault.answeredAfterMs);
    tell(`POST answered ${fault.answer}`);
    return toFault(fault.answer, items);
  }

  async #failGet(answer: GetAnswer): Promise<RawAnswer> {
    if (answer === "cut") throw new Error("socket hang up");
    if (answer === "timeout") {
      await this.#settings.timeline.sleep(TIMEOUT_MS);
      throw new Error("timeout");
    }
    if (answer === "429") return problem(429, { retry_after: 5 });
    if (answer === "401") return problem(401);
    return html(Number(answer));
  }

  /** `isSoon`: the desk takes the request for settled as soon as it may. */
  #apply(item: IncomingLead, { appliedAfterMs, isSoon } = { appliedAfterMs: 0, isSoon: false }): KommoRecord {
    const [contact] = item._embedded.contacts;
    const [lead] = item._embedded.leads;
    const { referenceFieldId } = this.#settings;
    const reference = lead.custom_fields_values?.find(({ field_id }) => field_id === referenceFieldId);
    const record = this.#add({
      ours: item.request_id,
      formPage: item.metadata.form_page,
      name: lead.name,
      phones:
        contact.id === undefined
          ? (contact.custom_fields_values?.flatMap(({ values }) =>
              values.map(({ value }) => String(value)),
            ) ?? [])
          : [this.contacts.get(contact.id) ?? ""],
      contactId: contact.id,
      reference: reference ? String(reference.values[0]?.value) : null,
      createdAt: item.created_at,
    });
    record.isOverdue = isSoon && appliedAfterMs + this.lagMs > SOON_MS;
    this.#settings.tell(`Kommo: #${record.id} is ${this.#toWord(item)}`);
    this.#settings.onApplied(record);
    return record;
  }

  #add(
    given: Pick<KommoRecord, "ours" | "formPage" | "name" | "phones" | "reference"> & {
      createdAt?: number;
      contactId?: number;
    },
  ) {
    const { now } = this.#settings.timeline;
    const id = this.#nextId++;
    const made = {
      createdAt: this.#toUnix(now),
      appliedAt: now,
      updatedAt: now,
      visibleAt: now + this.lagMs,
    };
    const record = {
      id,
      uid: `uid${id}`,
      status: "incoming" as const,
      mergedInto: null,
      isOverdue: false,
      createdWith: given.reference,
      ...made,
      ...given,
      contactId: given.contactId ?? toContactId(id),
    };
    this.records.push(record);
    return record as KommoRecord;
  }

  #update(record: KommoRecord, changes: Partial<KommoRecord>): void {
    Object.assign(record, changes, { updatedAt: this.#settings.timeline.now });
  }

  /** Into an older lead of the same person, which takes over what it has not got itself. */
  #merge(record: KommoRecord, person: number): void {
    const phone = this.#settings.toPhone(person);
    const into = this.records.find(
      (other) =>
        other.id < record.id &&
        other.ours === null &&
        other.status === "accepted" &&
        other.phones.includes(phone),
    );
    if (!into) return;
    this.#update(into, { reference: into.reference ?? record.reference });
    this.#update(record, { status: "merged", mergedInto: into.id });
  }

  #findStanding(copy: KommoRecord): number | undefined {
    if (copy.mergedInto !== null) return copy.mergedInto;
    return copy.status === "declined" ? undefined : copy.id;
  }

  #read(url: URL): RawAnswer {
    const path = url.pathname.replace("/api/v4", "");
    const query = url.searchParams;
    if (path === "/account") return json({ id: 1 });
    if (path === "/leads/custom_fields")
      return listed("custom_fields", [
        { id: this.#settings.referenceFieldId, name: "Lead Desk ID", type: "text" },
      ]);
    const shown = this.records.filter((record) => this.isVisible(record));
    if (path === "/leads/unsorted") {
      const incoming = shown.filter(({ status }) => status === "incoming").toReversed();
      const toShown = (record: KommoRecord) =>
        record.ours === null || this.#showsSenders
          ? toIncoming(record)
          : { ...toIncoming(record), source_uid: null };
      return listed("unsorted", incoming.map(toShown));
    }
    const ids = query.getAll("filter[id][]").map(Number);
    if (path === "/contacts") {
      const digits = query.get("query");
      if (digits) {
        const found = [...this.contacts].filter(([, phone]) => phone.includes(digits));
        return listed(
          "contacts",
          found.map(([contactId, phone]) => toContact({ contactId, phones: [phone] })),
        );
      }
      const seen = shown.filter(
        ({ status, contactId }) =>
          ids.includes(contactId) && (status === "accepted" || this.contacts.has(contactId)),
      );
      const byContact = Map.groupBy(seen, ({ contactId }) => contactId);
      return listed(
        "contacts",
        [...byContact].map(([contactId, records]) =>
          toContact({ contactId, phones: [...new Set(records.flatMap(({ phones }) => phones))] }),
        ),
      );
    }
    if (path === "/events") {
      const asked = query.getAll("filter[entity_id][]").map(Number);
      return listed(
        "events",
        this.records.filter(({ id }) => asked.includes(id)).flatMap((record) => this.#toEvents(record)),
      );
    }
    const isTrash = query.get("with") === "only_deleted";
    const from = Number(query.get("filter[updated_at][from]") ?? 0);
    const leads = shown
      .filter(({ status }) =>
        isTrash ? status === "declined" : status === "incoming" || status === "accepted",
      )
      .filter(({ updatedAt }) => this.#toUnix(updatedAt) >= from)
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .toReversed();
    return listed(
      "leads",
      leads.map((record) => (isTrash ? { id: record.id } : this.#toLead(record))),
    );
  }

  #toEvents({ id, createdWith, status }: KommoRecord): object[] {
    const { referenceFieldId, history } = this.#settings;
    const value = { custom_field_value: { field_id: referenceFieldId, text: createdWith } };
    const type = `custom_field_${referenceFieldId}_value_changed`;
    return [
      ...(history.tellsCreation && createdWith ? [{ type, entity_id: id, value_after: [value] }] : []),
      ...(status === "declined" ? [{ type: "lead_deleted", entity_id: id, value_after: [] }] : []),
    ];
  }

  #toLead(record: KommoRecord): object {
    const { referenceFieldId } = this.#settings;
    const { id, name, reference, appliedAt, status } = record;
    return {
      id,
      name,
      created_at: record.ours === null ? record.createdAt : this.#toUnix(appliedAt),
      updated_at: this.#toUnix(record.updatedAt),
      pipeline_id: PIPELINE,
      status_id: status === "incoming" ? STATUS.incoming : STATUS.accepted,
      custom_fields_values: reference && [{ field_id: referenceFieldId, values: [{ value: reference }] }],
      _embedded: { contacts: [{ id: record.contactId }] },
    };
  }

  #toUnix(time: number): number {
    return Math.floor((this.#settings.epoch + time) / SECOND);
  }

  #toWord({ request_id, _embedded }: IncomingLead): string {
    const { id } = _embedded.contacts[0];
    return `${request_id.slice(-4)}"${_embedded.leads[0].name}"${id === undefined ? "" : ` of ${id}`}`;
  }
}

/** Kommo rejects a lead with this in its name. */
export const BAD = "bad";

function isBad({ _embedded }: IncomingLead): boolean {
  return _embedded.leads[0].name.includes(BAD);
}

function toContactId(leadId: number): number {
  return leadId + 100_000;
}

function toContact({ contactId, phones }: Pick<KommoRecord, "contactId" | "phones">): object {
  const values = phones.map((value) => ({ value }));
  return { id: contactId, custom_fields_values: [{ field_code: "PHONE", values }] };
}

function toIncoming({ id, uid, ours, createdAt, formPage, contactId }: KommoRecord): object {
  return {
    uid,
    source_uid: ours ?? `form${id}`,
    created_at: createdAt,
    metadata: { form_page: formPage },
    _embedded: { leads: [{ id }], contacts: [{ id: contactId }] },
  };
}

function toItem({ request_id, pipeline_id, created_at, _embedded, ...lead }: ComplexLead): IncomingLead {
  const { contacts, metadata } = _embedded;
  const rest = { source_name: "", source_uid: "", pipeline_id, created_at, metadata };
  return { request_id, ...rest, _embedded: { contacts, leads: [lead] } };
}

/** A page that is no list stays as it is. */
function toBareList(answer: RawAnswer): RawAnswer {
  if (!answer.text.startsWith("{")) return answer;
  const { _embedded } = JSON.parse(answer.text);
  return json(
    _embedded.unsorted.map(({ request_id, _embedded: parts }: ReturnType<typeof JSON.parse>) => ({
      id: parts?.leads[0].id,
      contact_id: parts?.contacts[0].id,
      request_id: [request_id],
      merged: false,
    })),
  );
}

function toSuccess(records: KommoRecord[], items: IncomingLead[]): RawAnswer {
  const unsorted = records.map(({ id, uid, contactId }, index) => ({
    uid,
    request_id: items[index]?.request_id,
    _embedded: { leads: [{ id }], contacts: [{ id: contactId }] },
  }));
  return json({ _embedded: { unsorted } });
}

function toRejection(items: IncomingLead[], namesNobody: (item: IncomingLead) => boolean): RawAnswer {
  const ofName = [{ code: "InvalidType", path: "_embedded.leads.0.name" }];
  const ofContact = [{ code: "NotSupportedChoice", path: "_embedded.contacts.0.id" }];
  const groups = items.map((item) => ({
    request_id: item.request_id,
    errors: [...(isBad(item) ? ofName : []), ...(namesNobody(item) ? ofContact : [])],
  }));
  return problem(400, { "validation-errors": groups });
}

function toFault(answer: PostAnswer, items: IncomingLead[]): RawAnswer {
  switch (answer) {
    case "cut":
      throw new Error("socket hang up");
    case "timeout":
      throw new Error("timeout");
    case "200 html":
      return html(200);
    case "200 without ids":
      return json({ _embedded: { unsorted: items.map(({ request_id }) => ({ uid: "uid", request_id })) } });
    case "400 system":
      return problem(400, { detail: "Системная ошибка" });
    case "500 json":
      return problem(500);
    case "503 json":
      return problem(503);
    case "429 json":
      return problem(429, { retry_after: 3 });
    case "401":
    case "402":
    case "403":
    case "404":
    case "413":
    case "422":
      return problem(Number(answer));
    default:
      return html(Number.parseInt(answer, 10));
  }
}

function listed(name: string, entries: object[]): RawAnswer {
  return entries.length === 0
    ? { status: 204, type: "", text: "" }
    : json({ _embedded: { [name]: entries } });
}

function json(body: object): RawAnswer {
  return { status: 200, type: "application/json", text: JSON.stringify(body) };
}

function problem(status: number, more: object = {}): RawAnswer {
  return { status, type: "application/problem+json", text: JSON.stringify({ status, title: "no", ...more }) };
}

function html(status: number): RawAnswer {
  return { status, type: "text/html", text: `<html>${status}</html>` };
}
