import { createServer, type IncomingMessage, type Server } from "node:http";
import { z } from "zod";
import { isProgram, parseBody, readBody, send } from "./api/transport.ts";
import type { Control } from "./control.ts";
import { chaosSchema, faultSchema } from "./faults/faults.ts";
import { poisonSchema } from "./faults/poison.ts";
import { switchesSchema } from "./faults/switches.ts";
import { changes } from "./state/change-account.ts";
import { edits } from "./state/edit-records.ts";
import { findTokenId, LONG_LIVED } from "./state/token.ts";
import type { World } from "./state/world.ts";

type Command = (body: unknown) => unknown;

const times = z.object({ times: z.number().int().min(1).default(1) });
const named = z.strictObject({ name: switchesSchema.keyof(), value: z.unknown() });
const on = z.strictObject({ on: z.boolean().default(true) });
const lead = z.strictObject({ leadId: z.number().int(), by: z.number().int().optional() });
const hooks = z.strictObject({ addresses: z.array(z.string()) });
const addresses = z.strictObject({ redirectUri: z.url().optional(), hookUrl: z.string().optional() });
const host = z.strictObject({ name: z.enum(["localhost", "127.0.0.1"]).nullable() });
const nothing = z.looseObject({}).optional();

/** The control over HTTP, on 127.0.0.1 and a port of its own; bodies are JSON, a wrong one is 400 with a sentence. */
export function createControlServer(world: World, control: Control): Server {
  const commands = createCommands(control);

  return createServer((request, response) => {
    answer(world, control, commands, request).then(
      ({ status, body }) =>
        send(response, status, { "Content-Type": "application/json" }, JSON.stringify(body)),
      () => response.destroy(),
    );
  });
}

async function answer(
  world: World,
  control: Control,
  commands: Map<string, Command>,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  // A web page of another origin must not be able to change a practice account.
  if (!isProgram(request)) {
    return refusal(403, "The control answers to programs on this machine only, as 127.0.0.1 or localhost.");
  }
  const [, token = ""] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  if (findTokenId(token, world.store.secret, Date.now()) !== LONG_LIVED) {
    return refusal(401, "The control wants the account's token, as Authorization: Bearer.");
  }
  const key = `${request.method} ${request.url?.split("?")[0]}`;
  if (key === "GET /journal") {
    return {
      status: 200,
      body: { requests: world.journal, busiestSecond: control.busiestSecond() },
    };
  }
  const command = commands.get(key);
  if (!command) return refusal(404, `There is no ${key}.`);
  try {
    const done = await command(parseBody((await readBody(request)) ?? ""));
    return { status: 200, body: { ok: true, ...(done === undefined ? {} : { result: done }) } };
  } catch (cause) {
    return refusal(400, toSentence(cause));
  }
}

function createCommands(control: Control): Map<string, Command> {
  return new Map<string, Command>([
    ["POST /fault", (body) => failNext(control, body)],
    ["POST /fault/clear", parsed(nothing, control.clearFaults)],
    ["POST /held/apply", parsed(nothing, control.applyHeld)],
    ["POST /chaos", parsed(chaosSchema.nullable(), control.setChaos)],
    ["POST /poison", parsed(poisonSchema.nullable(), control.setPoison)],
    ["POST /switch", parsed(named, (args) => setSwitch(control, args))],
    ["POST /field/add", parsed(changes.addField, control.addField)],
    ["POST /field/require", parsed(changes.requireField, control.requireField)],
    ["POST /option/add", parsed(changes.addOption, control.addOption)],
    ["POST /field/delete", parsed(changes.deleteField, control.deleteField)],
    ["POST /field/rename", parsed(changes.renameField, control.renameField)],
    ["POST /field/retype", parsed(changes.retypeField, control.retypeField)],
    ["POST /option/delete", parsed(changes.deleteOption, control.deleteOption)],
    ["POST /option/rename", parsed(changes.renameOption, control.renameOption)],
    ["POST /user/delete", parsed(changes.deleteUser, control.deleteUser)],
    ["POST /user/active", parsed(changes.setUserActive, control.setUserActive)],
    ["POST /pipeline/add", parsed(changes.addPipeline, control.addPipeline)],
    ["POST /pipeline/delete", parsed(changes.deletePipeline, control.deletePipeline)],
    ["POST /pipeline/archive", parsed(changes.archivePipeline, control.archivePipeline)],
    ["POST /pipeline/rename", parsed(changes.renamePipeline, control.renamePipeline)],
    ["POST /pipeline/unsorted", parsed(changes.setUnsorted, control.setUnsorted)],
    ["POST /token/revoke", parsed(on.prefault({}), (args) => control.revokeToken(args.on))],
    ["POST /oauth/addresses", parsed(addresses, control.setAddresses)],
    ["POST /oauth/code", parsed(nothing, control.issueCode)],
    ["POST /oauth/revoke", parsed(nothing, control.revokeGrants)],
    ["POST /oauth/disable", parsed(nothing, () => control.disableIntegration())],
    ["POST /host/rename", parsed(host, (args) => control.renameHost(args.name))],
    ["POST /plan/unpaid", parsed(on.prefault({}), (args) => control.setUnpaid(args.on))],
    ["POST /accept", parsed(lead, (args) => control.accept(args.leadId, args.by))],
    ["POST /decline", parsed(lead, (args) => control.decline(args.leadId, args.by))],
    ["POST /lead/rename", parsed(edits.renameLead, control.renameLead)],
    ["POST /lead/merge", parsed(edits.mergeLeads, control.mergeLeads)],
    ["POST /lead/trash", parsed(edits.trashLead, control.trashLead)],
    ["POST /lead/restore", parsed(edits.restoreLead, control.restoreLead)],
    ["POST /lead/move", parsed(edits.moveLead, control.moveLead)],
    ["POST /hooks", parsed(hooks, (args) => control.setHooks(args.addresses))],
    ["POST /contact/edit", parsed(edits.editContact, control.editContact)],
    ["POST /contact/delete", parsed(edits.deleteContact, control.deleteContact)],
    ["POST /contact/merge", parsed(edits.mergeContacts, control.mergeContacts)],
    ["POST /reset-block", parsed(nothing, control.resetBlock)],
  ]);
}

function parsed<S extends z.ZodType>(schema: S, run: (args: z.output<S>) => unknown): Command {
  return (body) => run(schema.parse(body));
}

function failNext(control: Control, body: unknown): void {
  const { times: count, ...fault } = times.loose().parse(body);
  control.failNext(faultSchema.parse(fault), count);
}

function setSwitch(control: Control, { name, value }: z.output<typeof named>): void {
  const parsed = switchesSchema.parse({ ...control.switches(), [name]: value });
  control.setSwitch(name, parsed[name]);
}

function refusal(status: number, sentence: string) {
  return { status, body: { error: sentence } };
}

function toSentence(cause: unknown): string {
  if (cause instanceof z.ZodError) return z.prettifyError(cause);
  return cause instanceof Error ? cause.message : String(cause);
}
