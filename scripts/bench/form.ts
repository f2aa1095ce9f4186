import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { ADMIN } from "../../tests/support/desk.ts";

const PEOPLE = 20;
const LEADS_EACH = 30;
// A server that has just started compiles its code during the first presses, which a working day hardly notices.
const FIRST_EACH = 10;

/** Gzipped bytes of the scripts that the page at `/` loads, in total and each, the largest first. */
export async function weighForm(
  url: string,
  cookie: string,
): Promise<{ total: number; chunks: [string, number][] }> {
  const page = await fetch(url, { headers: { cookie } });
  const html = await page.text();
  const scripts = [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)].filter(
    ([tag]) => !/nomodule/i.test(tag),
  );
  const chunks = await Promise.all(
    [...new Set(scripts.map(([, src]) => src ?? ""))].map(async (src): Promise<[string, number]> => {
      const script = await fetch(new URL(src, url));
      return [src, gzipSync(Buffer.from(await script.arrayBuffer())).length];
    }),
  );
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
      const body = JSON.stringify(aLead());
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

/** The cookies of a session of the first admin. */
export async function openSession(url: string): Promise<string> {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair);
    }
    return response;
  };
  const toHeader = () => [...jar.values()].join("; ");
  const { csrfToken } = await keep(await fetch(`${url}/api/auth/csrf`)).json();
  const body = new URLSearchParams({ ...ADMIN, csrfToken, json: "true" });
  const headers = { cookie: toHeader() };
  keep(
    await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers,
      body,
    }),
  );
  return toHeader();
}

function aLead() {
  const phone = `+7900${Math.floor(Math.random() * 9_000_000) + 1_000_000}`;
  const empty = {
    surname: "",
    telegram: "",
    source: "",
    email: "",
    profession: "",
    education: "",
    income: "",
  };
  const utm = { utm_medium: "", utm_campaign: "", utm_content: "", utm_term: "", referrer: "" };
  return { id: randomUUID(), name: "Замер", phone, ...empty, ...utm };
}
