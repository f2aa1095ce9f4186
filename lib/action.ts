import "server-only";
import { z } from "zod";
import type { SessionHolder } from "@/lib/auth/find-person-of-session";
import { currentSession, currentSessionHolder, currentUser, isProven } from "@/lib/auth/session";
import { toDiskFailure } from "@/lib/db/disk";
import { getEnv } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { log } from "@/lib/log";
import { type Person, type Role, roles } from "@/lib/people/schema";

export const nothingSchema = z.undefined();

export type ActionResult<T = unknown> =
  | { ok: true; value: T }
  | { ok: false; code: ErrorCode; fields?: Record<string, string> };

type Act<S extends z.core.$ZodType, T> = (input: z.output<S>, user: Person, session: string) => Promise<T>;

/** The browser receives what `act` returns. Foreseen failures become a code; bugs are thrown, and Next logs them. */
export function roleAction<S extends z.core.$ZodType, T>(
  allowed: readonly Role[],
  schema: S,
  act: Act<S, T>,
) {
  return (input: unknown): Promise<ActionResult<T>> =>
    toResult(async () => {
      const current = await currentSession();
      if (!current) throw new AppError("signed_out");
      const { id, role } = current.user;
      if (!allowed.includes(role)) {
        log.warn({ person: id, role }, "an action was refused");
        throw new AppError("forbidden");
      }
      return act(parse(schema, input), current.user, current.session);
    });
}

export function userAction<S extends z.core.$ZodType, T>(schema: S, act: Act<S, T>) {
  return roleAction(roles, schema, act);
}

/**
 * For what somebody at an unattended computer must not do. Refuses with `proof_needed` unless the person gave a password or
 * a second factor in the last ten minutes. `isNeeded` says for which input; by default for each.
 */
export function provenAction<S extends z.core.$ZodType, T>(
  allowed: readonly Role[],
  schema: S,
  act: Act<S, T>,
  isNeeded: (input: z.output<S>) => Promise<boolean> = async () => true,
) {
  return roleAction(allowed, schema, async (input, user, session) => {
    if ((await isNeeded(input)) && !(await isProven())) throw new AppError("proof_needed");
    return act(input, user, session);
  });
}

type SessionHolderAct<S extends z.core.$ZodType, T> = (
  input: z.output<S>,
  holder: SessionHolder,
) => Promise<T>;

/** Gives a proof: the second factor at sign-in, or what is asked for again later. */
export function proofAction<S extends z.core.$ZodType, T>(schema: S, act: SessionHolderAct<S, T>) {
  return (input: unknown): Promise<ActionResult<T>> =>
    toResult(async () => {
      const holder = await currentSessionHolder();
      if (!holder || holder.waitsFor === "set_up") throw new AppError("signed_out");
      return act(parse(schema, input), holder);
    });
}

/** Changes one's own factors: with a proof, or right after a sign-in that has to set one up. */
export function factorAction<S extends z.core.$ZodType, T>(schema: S, act: SessionHolderAct<S, T>) {
  return (input: unknown): Promise<ActionResult<T>> =>
    toResult(async () => {
      const holder = await currentSessionHolder();
      if (!holder || holder.waitsFor === "factor") throw new AppError("signed_out");
      if (!holder.isProven && holder.waitsFor === null) throw new AppError("proof_needed");
      return act(parse(schema, input), holder);
    });
}

/** An action that needs no session. Its input has to prove itself, as a one-time token does. */
export function openAction<S extends z.core.$ZodType, T>(
  schema: S,
  act: (input: z.output<S>, user: Person | undefined) => Promise<T>,
) {
  return (input: unknown): Promise<ActionResult<T>> =>
    toResult(async () => act(parse(schema, input), await currentUser()));
}

/** Refuses where OIDC_ONLY has switched passwords off. */
export function passwordAction<T>(act: (input: unknown) => Promise<ActionResult<T>>) {
  return async (input: unknown): Promise<ActionResult<T>> =>
    getEnv().hasPasswords ? act(input) : { ok: false, code: "passwords_off" };
}

async function toResult<T>(act: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    const foreseen = error instanceof AppError ? error : toDiskFailure(error);
    if (!foreseen) throw error;
    if (foreseen.code === "disk_full") log.error({ code: foreseen.code, err: foreseen }, "not saved");
    return { ok: false, code: foreseen.code, fields: foreseen.fields };
  }
}

function parse<S extends z.core.$ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]);
  const fields: Record<string, string> = Object.fromEntries(issues);
  throw new AppError("invalid", { fields });
}
