import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Practice, startPractice } from "../../../practice/server.ts";
import { findFreePort, freshSettings, startDesk } from "../desk.ts";
import { endBackOffs, readLeadStates } from "../lead-states.ts";
import { addFormInTerminal } from "../website-forms.ts";

type WebsiteStormOptions = {
  /** Programs that send at once, each one lead after the other. */
  senders: number;
  /** How long Kommo is away, in seconds, and the least leads that are acknowledged meanwhile, however slow the machine is. */
  awaySeconds: number;
  leads: number;
  /** How often the desk is killed meanwhile. */
  kills: number;
  /** The store; without it a SQLite file. */
  databaseUrl?: string;
  say?: (line: string) => void;
};

type WebsiteStormReport = {
  /** Leads that were answered with 202, and how many requests that took. */
  acknowledged: number;
  requests: number;
  /** Requests without an answer: they were sent again. */
  unanswered: number;
  kills: number;
  /** Acknowledged, and not in Kommo in the end. */
  lost: string[];
  /** Sent as one, and in Kommo twice. */
  doubled: string[];
};

type Sent = { key: string; secret: string; body: string };

const FORMS = 4;
// Below what one form takes in a minute.
const PAUSE_MS = 600;
const AGAIN_MS = 100;
const SETTLES_WITHIN_MS = 5 * 60_000;

/**
 * Programs send website leads while Kommo is away and the desk is killed, and repeat what they got no answer for; then Kommo
 * is back, and what they were told is compared with what stands there.
 */
export async function websiteStorm(options: WebsiteStormOptions): Promise<WebsiteStormReport> {
  const { senders, awaySeconds, leads, kills, databaseUrl, say = () => undefined } = options;
  const stateFile = join(mkdtempSync(join(tmpdir(), "kommo-")), "state.json");
  const kommo = await startPractice({ stateFile });
  const PORT = String(await findFreePort());
  const settings = freshSettings(kommo, { PORT, ...(databaseUrl && { DATABASE_URL: databaseUrl }) });
  let desk = await startDesk(settings);
  const own = { ...settings, NEXTAUTH_URL: desk.url };
  const forms = Array.from({ length: FORMS }, (_, index) => addFormInTerminal(own, `Site ${index}`));
  const post = createPost(desk.url);
  // Until the account is known nothing is sent.
  const first = await post.untilTaken(toSent(forms, 0));
  while (kommo.incomingLeads().length === 0) await wait(AGAIN_MS);
  await kommo.close();
  say("Kommo is away");

  const acknowledged = new Set([first]);
  const began = Date.now();
  const isPast = (part: number) =>
    Date.now() >= began + awaySeconds * 1000 * part && acknowledged.size >= leads * part;
  let count = 1;
  const sending = Array.from({ length: senders }, async () => {
    while (!isPast(1)) {
      acknowledged.add(await post.untilTaken(toSent(forms, count++)));
      await wait(PAUSE_MS);
    }
  });
  for (let killed = 0; killed < kills; killed++) {
    while (!isPast((killed + 1) / (kills + 1))) await wait(AGAIN_MS);
    await desk.stop("SIGKILL");
    say("kill -9");
    desk = await startDesk(settings);
  }
  await Promise.all(sending);
  say(`${acknowledged.size} leads acknowledged; Kommo is back`);

  const back = await startPractice({ stateFile, port: Number(new URL(kommo.url).port) });
  await settle(String(settings.DATABASE_URL), say);
  const arrived = listArrived(back);
  const report = {
    ...{ acknowledged: acknowledged.size, requests: post.count(), unanswered: post.unanswered(), kills },
    lost: [...acknowledged].filter((id) => !arrived.ids.includes(id)),
    doubled: [...listTwice(arrived.ids), ...listTwice(arrived.phones)],
  };
  await desk.stop();
  await back.close();
  return report;
}

function toSent(forms: { key: string; secret: string }[], index: number): Sent {
  const form = forms[index % forms.length] ?? { key: "", secret: "" };
  const body = JSON.stringify({ lead_id: randomUUID(), name: "Анна", phone: toPhone(index) });
  return { ...form, body };
}

function toPhone(index: number): string {
  return `+7900${1_000_000 + index}`;
}

const acceptedSchema = z.object({ id: z.string() });

/** As a sender does: the same again until it is acknowledged. */
function createPost(url: string) {
  let [requests, unanswered] = [0, 0];
  const send = async ({ key, secret, body }: Sent): Promise<string | undefined> => {
    requests++;
    const headers = { "content-type": "application/json", authorization: `Bearer ${secret}` };
    try {
      const answer = await fetch(`${url}/api/intake/${key}`, { method: "POST", headers, body });
      return answer.status === 202 ? acceptedSchema.parse(await answer.json()).id : undefined;
    } catch {
      unanswered++;
      return undefined;
    }
  };
  return {
    count: () => requests,
    unanswered: () => unanswered,
    async untilTaken(sent: Sent): Promise<string> {
      for (;;) {
        const id = await send(sent);
        if (id !== undefined) return id;
        await wait(AGAIN_MS);
      }
    },
  };
}

const DONE = ["confirmed", "needs_admin", "needs_fix", "withdrawn", "to_check"];

async function settle(databaseUrl: string, say: (line: string) => void): Promise<void> {
  const deadline = Date.now() + SETTLES_WITHIN_MS;
  while (Date.now() < deadline) {
    const waiting = [...(await readLeadStates(databaseUrl)).values()].filter(
      ({ state }) => !DONE.includes(state),
    );
    if (waiting.length === 0) return;
    say(`${waiting.length} leads still on their way`);
    await endBackOffs(databaseUrl);
    await wait(1000);
  }
}

function listArrived(practice: Practice): { ids: string[]; phones: string[] } {
  const leads = practice.incomingLeads();
  const phones = leads.flatMap(({ item }) => /\+7900\d{7}/.exec(JSON.stringify(item))?.[0] ?? []);
  return { ids: leads.map(({ requestId }) => requestId), phones };
}

function listTwice(all: string[]): string[] {
  return [...new Set(all.filter((one, index) => all.indexOf(one) < index))];
}
