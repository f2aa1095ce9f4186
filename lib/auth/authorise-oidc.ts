import "server-only";
import { z } from "zod";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { insertPerson } from "@/lib/people/mutations";
import { findAccount, isSetUp } from "@/lib/people/queries";
import { emailSchema, nameSchema } from "@/lib/people/schema";
import { recordRefusal } from "./mutations";

const profileSchema = z.object({
  email: emailSchema,
  // With an unverified address, anybody could sign in as somebody else.
  email_verified: z.literal(true),
  name: z.string().optional(),
});

type Rules = { allowedDomain: string | undefined; address: string };

/** One of our people, or a new seller from an allowed domain. Returns why not, a key of `people.sso` in messages/. */
export async function authoriseOidc(
  profile: unknown,
  { allowedDomain, address }: Rules,
  db: Db = getDb(),
  now = Date.now(),
): Promise<"not_verified" | "not_allowed" | "disabled" | undefined> {
  const parsed = profileSchema.safeParse(profile);
  const account = parsed.data && (await findAccount(parsed.data.email, db));
  const refuse = async <R extends "not_verified" | "not_allowed" | "disabled">(reason: R): Promise<R> => {
    await recordRefusal(account?.id ?? null, "sign_in_refused", { address, reason }, db, now);
    return reason;
  };

  if (!parsed.success) return refuse("not_verified");
  const { email } = parsed.data;
  const name = nameSchema.safeParse(parsed.data.name).data ?? email;
  const isOfDomain = allowedDomain !== undefined && email.endsWith(`@${allowedDomain}`);
  if (allowedDomain !== undefined && !isOfDomain) return refuse("not_allowed");
  if (account) return account.disabled_at === null ? undefined : refuse("disabled");
  // A new person before the first admin would invalidate the link that creates the admin account.
  if (!isOfDomain || !(await isSetUp(db))) return refuse("not_allowed");

  await db.transaction().execute(async (tx) => {
    const newSeller = { email, name, role: "seller" as const, password_hash: "" };
    const id = await insertPerson(newSeller, tx, now);
    await writeAudit({ person_id: id, action: "person_added", subject_id: id }, tx, now);
  });
  return undefined;
}
