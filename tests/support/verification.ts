import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import type { Lead } from "@/lib/domain/lead/schema";
import { type Mapping, mappingSchema } from "@/lib/domain/mapping/schema";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import type { Practice } from "@/practice/server";
import { aLead } from "./builders";
import { emptyTables } from "./databases";
import { deliverRound } from "./duty";
import { openPractice } from "./open-practice";
import { insertSeller } from "./people";

export const PIPELINE = 12984871;
export const MINUTE_MS = 60_000;
/** By then a request without an answer has been applied, or never will be. */
export const SETTLED_MS = 7 * MINUTE_MS;

const RULES = { holdMs: 0, defaultCountry: "RU" as const };

/** `reference`: the field of Kommo's leads that carries our id. */
export function toMapping(reference?: number): Mapping {
  return mappingSchema.parse({
    pipelineId: PIPELINE,
    fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
    reference: reference === undefined ? undefined : { entity: "leads", fieldId: reference },
  });
}

/**
 * What tests that look for leads in Kommo begin with: for each a fresh account of Kommo, one seller, and a clock that the test
 * moves, which is Kommo's too. Called in a `describe`.
 */
export function beginVerification(open: () => Promise<Db>) {
  let db: Db;
  let practice: Practice;
  let author: string;
  let clock: number;
  const now = () => clock;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = Date.now();
    practice = await openPractice({ now });
    author = await insertSeller(db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(async () => {
    await db.destroy();
    vi.unstubAllEnvs();
  });

  const addField = (name: string) => practice.control.addField({ entity: "leads", name, type: "text" });
  return {
    get db() {
      return db;
    },
    get practice() {
      return practice;
    },
    get author() {
      return author;
    },
    now,
    pass(ms: number): void {
      clock += ms;
    },
    addField,
    /** Publishes the first mapping. Answers the field of its reference. */
    async publishReferenced(): Promise<number> {
      const fieldId = addField("Lead Desk ID");
      await saveFirstMapping(toMapping(fieldId), db);
      return fieldId;
    },
    async save(fields: Partial<Lead> = {}): Promise<Lead> {
      const lead = aLead({ surname: randomUUID().slice(0, 8), ...fields });
      await createLead(lead, author, db, clock, RULES);
      return lead;
    },
    /** The clock goes on by as long as it takes: the slots of its requests are of that time. */
    async round(): Promise<boolean> {
      const began = performance.now();
      const hadWork = await deliverRound(db, now);
      clock += Math.ceil(performance.now() - began);
      return hadWork;
    },
    copies: (id: string) => practice.incomingLeads().filter(({ requestId }) => requestId === id),
  };
}
