import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { log } from "@/lib/log";
import { noteHook } from "./mutations";
import { isHookSecret } from "./queries";

/** More than any hook is long (docs/kommo-api.md §9). */
const MOST_BYTES_OF_HOOK = 5 * 1024 * 1024;

// Kommo wants an answer within two seconds. Whoever sends slower has said all that matters by the address.
const READ_FOR_MS = 100;
const SECRET = /^[\w-]{32}$/;

/**
 * A hook of Kommo: that it came wakes a look at what became of leads, and nothing that it says is believed, as anybody who
 * knows the address can send it. The body is read and thrown away. Answers 200 before anything is done, and 404 where the
 * address is not ours (docs/kommo-api.md §9).
 */
export async function answerHook(
  request: Request,
  secret: string,
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<Response> {
  if (!(await isHookSecret(SECRET.test(secret) ? secret : "", db)))
    return new Response(null, { status: 404 });
  if ((await throwAway(request)) === "too_long") return new Response(null, { status: 413 });
  noteHook(db, now()).catch((error) => log.error({ err: error }, "a hook of Kommo was not noted"));
  return new Response(null, { status: 200 });
}

async function throwAway(request: Request): Promise<"read" | "too_long"> {
  return Promise.race([readAll(request), wait(READ_FOR_MS, "read" as const, { ref: false })]);
}

async function readAll(request: Request): Promise<"read" | "too_long"> {
  let bytes = 0;
  try {
    for await (const part of request.body ?? []) {
      bytes += part.byteLength;
      if (bytes > MOST_BYTES_OF_HOOK) return "too_long";
    }
  } catch {
    // Cut off: it came all the same.
  }
  return "read";
}
