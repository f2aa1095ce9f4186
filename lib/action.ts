import "server-only";
import { z } from "zod";
import { currentSession, currentUser } from "@/lib/auth/session";
import { AppError, type ErrorCode } from "@/lib/errors";
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
      if (!allowed.includes(current.user.role)) throw new AppError("forbidden");
      return act(parse(schema, input), current.user, current.session);
    });
}

export function userAction<S extends z.core.$ZodType, T>(schema: S, act: Act<S, T>) {
  return roleAction(roles, schema, act);
}

/** An action that needs no session. Its input has to prove itself, as a one-time token does. */
export function openAction<S extends z.core.$ZodType, T>(
  schema: S,
  act: (input: z.output<S>, user: Person | undefined) => Promise<T>,
) {
  return (input: unknown): Promise<ActionResult<T>> =>
    toResult(async () => act(parse(schema, input), await currentUser()));
}

async function toResult<T>(act: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, code: error.code, fields: error.fields };
  }
}

function parse<S extends z.core.$ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]);
  const fields: Record<string, string> = Object.fromEntries(issues);
  throw new AppError("invalid", { fields });
}
