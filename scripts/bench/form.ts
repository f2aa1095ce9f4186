import { gzipSync } from "node:zlib";
import { chromium, type Response } from "@playwright/test";
import { aLead } from "../../tests/support/builders.ts";
import { findChromium } from "../chromium.mjs";

const IDLE_MS = 5000;
const PEOPLE = 20;
const LEADS_EACH = 30;
// A server that has just started compiles its code during the first presses, which a working day hardly notices.
const FIRST_EACH = 10;

/** Gzipped bytes of all scripts that the page at `/` loads until it has idled for 5 s, in total and each, the largest first. */
export async function weighForm(
  url: string,
  cookie: string,
): Promise<{ total: number; chunks: [string, number][] }> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
  const page = await browser.newPage({ extraHTTPHeaders: { cookie } });
  const scripts: Response[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response);
  });
  await page.goto(url);
  await page.waitForTimeout(IDLE_MS);
  const chunks = await Promise.all(
    scripts.map(async (response): Promise<[string, number]> => {
      return [response.url(), gzipSync(await response.body()).length];
    }),
  );
  await browser.close();
  return {
    total: chunks.reduce((sum, [, bytes]) => sum + bytes, 0),
    chunks: chunks.sort(([, a], [, b]) => b - a),
  };
}

/**
 * Sorted milliseconds from the press to "saved": each of 20 people sends the next lead once the last one is saved. `first`
 * are the presses of a server that has just started.
 */
export async function pressAtOnce(
  url: string,
  cookie: string,
): Promise<{ first: number[]; later: number[] }> {
  return { first: await press(url, cookie, FIRST_EACH), later: await press(url, cookie, LEADS_EACH) };
}

async function press(url: string, cookie: string, leadsEach: number): Promise<number[]> {
  const delays: number[] = [];
  const person = async () => {
    for (let index = 0; index < leadsEach; index++) {
      const began = performance.now();
      const body = JSON.stringify(aLead({ name: "Замер", phone: toPhone() }));
      const headers = { cookie, "content-type": "application/json" };
      const send = () => fetch(`${url}/api/leads`, { method: "POST", headers, body });
      // The server may just be closing a connection that was idle during the Lighthouse run.
      const response = await send().catch(send);
      if (!response.ok) throw new Error(`a lead was not saved: ${response.status}`);
      delays.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, person));
  return delays.sort((a, b) => a - b);
}

function toPhone(): string {
  return `+7900${Math.floor(Math.random() * 9_000_000) + 1_000_000}`;
}
