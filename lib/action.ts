import "server-only";
import { z } from "zod";
import { currentUser } from "@/lib/auth/session";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { Person, Role } from "@/lib/people/schema";

export type ActionResult = { ok: true } | { ok: false; code: ErrorCode; fields?: Record<string, string> };

/** An action of a signed-in person. Foreseen failures become a code; bugs are thrown on, and logged by Next. */
export function userAction<S extends z.core.$ZodType>(
  schema: S,
  act: (input: z.output<S>, user: Person) => Promise<unknown>,
) {
  return (input: unknown): Promise<ActionResult> =>
    toResult(async () => {
      const user = await currentUser();
      if (!user) throw new AppError("signed_out");
      await act(parse(schema, input), user);
    });
}

/** As userAction, for those roles only. */
export function roleAction<S extends z.core.$ZodType>(
  roles: readonly Role[],
  schema: S,
  act: (input: z.output<S>, user: Person) => Promise<unknown>,
) {
  return userAction(schema, async (input, user) => {
    if (!roles.includes(user.role)) throw new AppError("forbidden");
    await act(input, user);
  });
}

/** An action that needs no session: what it takes must prove itself, as a one-time token does. */
export function openAction<S extends z.core.$ZodType>(
  schema: S,
  act: (input: z.output<S>) => Promise<unknown>,
) {
  return (input: unknown): Promise<ActionResult> => toResult(async () => act(parse(schema, input)));
}

async function toResult(act: () => Promise<unknown>): Promise<ActionResult> {
  try {
    await act();
    return { ok: true };
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
