import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Practice, type Switches, startPractice } from "../../practice/server.ts";
import { postItems, readPractice } from "../support/practice-calls.ts";
import { anItem } from "../support/practice-items.ts";

const INCOMING = 103140001;
const FIRST_STAGE = 103140002;
const PIPELINE = 12984871;
const LOST = 143;
const TOO_DEAR = 601001;
const ILYA = 12310002;

let kommo: Practice;

beforeEach(async () => {
  kommo = await startPractice({ requestsPerSecond: 0 });
});
afterEach(() => kommo.close());

describe("the events of a lead", () => {
  test("tell who accepted it, from which stage, and who moved it on", async () => {
    const leadId = await post();
    await kommo.control.accept(leadId, ILYA);
    await kommo.control.moveLead({ leadId, statusId: LOST, lossReasonId: TOO_DEAR });

    const [lost, accepted] = await listEvents("lead_status_changed");

    expect(accepted).toMatchObject({
      entity_id: leadId,
      created_by: ILYA,
      value_before: [{ lead_status: { id: INCOMING, pipeline_id: PIPELINE } }],
      value_after: [{ lead_status: { id: FIRST_STAGE, pipeline_id: PIPELINE } }],
    });
    expect(lost?.value_after).toEqual([{ lead_status: { id: LOST, pipeline_id: PIPELINE } }]);
    expect(await readPractice(kommo, `/leads/${leadId}?with=loss_reason`)).toMatchObject({
      loss_reason_id: TOO_DEAR,
      closed_at: expect.any(Number),
      _embedded: { loss_reason: [{ name: "Слишком дорого" }] },
    });
  });

  test("tell that it was declined, deleted, restored, and that others were merged into it", async () => {
    const [declined, deleted, merged, survivor] = [await post(), await post(), await post(), await post()];
    await kommo.control.decline(declined);
    await kommo.control.accept(deleted);
    await kommo.control.trashLead({ leadId: deleted });
    await kommo.control.restoreLead({ leadId: deleted });
    await kommo.control.mergeLeads({ leadId: merged, intoId: survivor });

    const told = await listEvents("lead_deleted", "lead_restored", "entity_merged");

    expect(told.map(({ type, entity_id }) => [type, entity_id])).toEqual([
      ["entity_merged", survivor],
      ["lead_restored", deleted],
      ["lead_deleted", deleted],
      ["lead_deleted", declined],
    ]);
  });

  test("may be lost, come twice, or in no order", async () => {
    set("eventsLost", true);
    await kommo.control.accept(await post());
    set("eventsLost", false);
    const ids = [await post(), await post(), await post()];
    for (const id of ids) await kommo.control.accept(id);
    set("eventsRepeated", true);
    set("eventOrder", "shuffled");

    const told = await listEvents("lead_status_changed");

    expect(told).toHaveLength(6);
    expect(new Set(told.map(({ entity_id }) => entity_id))).toEqual(new Set(ids));
    expect(told.map(({ entity_id }) => entity_id)).not.toEqual(ids.flatMap((id) => [id, id]));
  });

  test("may not tell of accepting and declining", async () => {
    set("acceptTold", false);
    set("declineTold", false);
    await kommo.control.accept(await post());
    await kommo.control.decline(await post());

    expect(await listEvents("lead_status_changed", "lead_deleted")).toEqual([]);
  });
});

test("without the add-on the filters of leads are ignored, and those of events by their own switch", async () => {
  const [one, other] = [await post(), await post()];
  await kommo.control.accept(one);
  set("filters", false);
  const ofLeads = (await readPractice(kommo, `/leads?filter[id][]=${other}`))._embedded.leads;
  const filtered = await listEvents("lead_deleted");
  set("eventFilters", false);

  expect(ofLeads).toHaveLength(2);
  expect(filtered).toEqual([]);
  expect((await listEvents("lead_deleted")).length).toBeGreaterThan(1);
  expect((await readPractice(kommo, "/account?with=is_api_filter_enabled")).is_api_filter_enabled).toBe(
    false,
  );
});

describe("a hook", () => {
  let server: Server;
  let bodies: string[];
  let address: string;
  let hear: () => void;

  beforeEach(async () => {
    bodies = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        bodies.push(body);
        response.end();
        hear?.();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = server.address();
    address = `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}/hook`;
  });
  afterEach(() => server.close());

  test("tells of a change in brackets, as texts, as often as the switch says", async () => {
    const leadId = await post();
    set("hookTimes", 2);
    await kommo.control.setHooks([address]);
    const heard = new Promise<void>((resolve) => {
      hear = () => void (bodies.length === 2 && resolve());
    });

    await kommo.control.accept(leadId, ILYA);
    await heard;

    const [body] = bodies.map((text) => Object.fromEntries(new URLSearchParams(text)));
    expect(body).toMatchObject({
      "leads[status][0][id]": String(leadId),
      "leads[status][0][status_id]": String(FIRST_STAGE),
      "leads[status][0][old_status_id]": String(INCOMING),
      "leads[status][0][modified_user_id]": String(ILYA),
      "account[id]": "34567890",
    });
  });

  test("leads to this machine only", async () => {
    await expect(kommo.control.setHooks(["https://example.com/hook"])).rejects.toThrow("this machine");
  });
});

function set<K extends keyof Switches>(name: K, value: Switches[K]): void {
  kommo.control.setSwitch(name, value);
}

async function post(): Promise<number> {
  const answer = await (await postItems(kommo, [anItem()])).json();
  return answer._embedded.unsorted[0]._embedded.leads[0].id;
}

type Told = {
  type: string;
  entity_id: number;
  created_by: number;
  value_before: object[];
  value_after: object[];
};

async function listEvents(...types: string[]): Promise<Told[]> {
  const filter = types.map((type) => `filter[type][]=${type}`).join("&");
  const text = await (
    await fetch(`${kommo.url}/api/v4/events?filter[entity]=lead&${filter}&limit=100`, {
      headers: { authorization: `Bearer ${kommo.token}` },
    })
  ).text();
  return text === "" ? [] : JSON.parse(text)._embedded.events;
}
