import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Grants, noGrants } from "./grants.ts";
import { type Saved, type State, savedSchema, toSaved, toState } from "./records.ts";
import { UNSAVED_SECRET } from "./token.ts";

/** `secret` signs the tokens of this account alone. */
export type Store = { state: State; grants: Grants; secret: string; save(): Promise<void> };

/** Opens the account's records. `save` resolves once everything changed before the call is in the file; calls are gathered. */
export function openStore(file?: string): Store {
  const saved =
    file && existsSync(file) ? savedSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : empty();
  const state = toState(saved);
  const secret = file ? (saved.secret ?? randomBytes(32).toString("base64url")) : UNSAVED_SECRET;
  const grants = saved.grants ?? noGrants();
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  function save(): Promise<void> {
    if (!file) return last;
    waiting ??= last
      .catch(() => {})
      .then(() => {
        waiting = undefined;
        return write(file, { ...toSaved(state), grants, secret });
      });
    last = waiting;
    return last;
  }

  return { state, grants, secret, save };
}

function empty(): Saved {
  return {
    nextId: 8_876_820,
    leads: [],
    contacts: [],
    companies: [],
    tags: [],
    incoming: [],
    events: [],
    hooks: [],
  };
}

async function write(file: string, saved: Saved): Promise<void> {
  const text = JSON.stringify(saved);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
