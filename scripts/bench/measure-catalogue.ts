import "../aliases.mjs";
import { type CDPSession, chromium } from "@playwright/test";
import { startPractice } from "../../practice/server.ts";
import { freshSettings, startDesk } from "../../tests/support/desk.ts";
import { signInByRequest } from "../../tests/support/session.ts";
import { findChromium } from "../chromium.mjs";

// Imported after the aliases, which the files of lib/ need.
const { openDb } = await import("../../lib/db/client.ts");
const { saveCatalogue } = await import("../../lib/account/mutations.ts");
const { catalogueSchema } = await import("../../lib/domain/mapping/catalogue.ts");
const { saveFirstMapping } = await import("../../lib/mapping/mutations.ts");
const { toFirstMapping } = await import("../../lib/domain/mapping/to-first-mapping.ts");

const FIELDS = 1000;
const OPTIONS = 5;
const WARM = 5;
const TIMES = 30;
const LAST = `Поле номер ${FIELDS - 1}`;
// Of leads, whose tab is open first.
const LAST_OF_LEADS = `Поле номер ${FIELDS - 2}`;

type Figures = {
  /** Sorted milliseconds from the request to the last byte of /admin/kommo. */
  answers: number[];
  /** Milliseconds of the page's own work for each key of a search. */
  perKey: number;
};

/** The built app with a published mapping and a cached account of 1,000 fields. */
export async function measureCatalogue(): Promise<Figures> {
  const practice = await startPractice();
  const settings = freshSettings(practice);
  const desk = await startDesk(settings);
  try {
    await fill(String(settings.DATABASE_URL));
    const cookie = await signInByRequest(desk.url);
    const url = `${desk.url}/admin/kommo`;
    return { answers: await measureAnswers(url, cookie), perKey: await measureKeys(url, cookie) };
  } finally {
    await desk.stop();
    await practice.close();
  }
}

async function measureAnswers(url: string, cookie: string): Promise<number[]> {
  const times: number[] = [];
  for (let time = 0; time < WARM + TIMES; time++) {
    const began = performance.now();
    const page = await (await fetch(url, { headers: { cookie } })).text();
    times.push(performance.now() - began);
    if (!page.includes(LAST)) throw new Error("the catalogue is not whole");
  }
  return times.slice(WARM).sort((a, b) => a - b);
}

async function measureKeys(url: string, cookie: string): Promise<number> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ extraHTTPHeaders: { cookie } });
    await page.goto(url);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const rows = page.getByRole("tabpanel").getByRole("listitem");
    await rows.first().waitFor();
    await page.getByRole("searchbox").focus();
    const before = await readWork(session);
    for (const letter of LAST_OF_LEADS) await page.keyboard.type(letter);
    await rows.filter({ hasText: LAST_OF_LEADS }).waitFor();
    return ((await readWork(session)) - before) / LAST_OF_LEADS.length;
  } finally {
    await browser.close();
  }
}

/** Milliseconds of the page's own work so far, however busy the machine is with others. */
async function readWork(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  const parts = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
  const seconds = metrics.filter(({ name }) => parts.includes(name)).map(({ value }) => value);
  return 1000 * seconds.reduce((sum, value) => sum + value, 0);
}

async function fill(url: string): Promise<void> {
  const db = openDb(url);
  const catalogue = makeCatalogue();
  await saveCatalogue(catalogue, [], db);
  const mapping = toFirstMapping(catalogue, {
    pipelineId: undefined,
    fieldIds: {},
    defaultCountry: "RU",
    holdSeconds: 10,
  });
  if (!mapping) throw new Error("no pipeline takes incoming leads");
  await saveFirstMapping(mapping, db);
  await db.destroy();
}

function makeCatalogue() {
  const options = Array.from({ length: OPTIONS }, (_, index) => ({
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
    pipelines: [
      {
        id: 1,
        name: "Воронка",
        sort: 1,
        isMain: true,
        isArchived: false,
        takesIncoming: true,
        stages: [{ id: 1, name: "Неразобранное", sort: 10, color: "#c1c1c1", kind: "incoming" }],
      },
    ],
    fields,
    users: [],
    tags: [],
  });
}
