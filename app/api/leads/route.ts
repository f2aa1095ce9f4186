import { currentUser } from "@/lib/auth/session";
import { submitLead } from "@/lib/leads/actions";

// Far above the longest lead, far below what would weigh.
const MOST_BYTES = 64 * 1024;

const statuses: Record<string, number> = { signed_out: 401, forbidden: 403, already_left: 409, invalid: 422 };

/** Where a form goes whose action cannot answer: a tab from before a deployment, or a retry. Its address never changes. */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnOrigin(request)) return refuse("forbidden", 403);
  // Before a byte of the body is read: strangers must not fill the memory.
  if (!(await currentUser())) return refuse("signed_out", 401);
  if (!request.headers.get("content-type")?.startsWith("application/json")) return refuse("invalid", 415);
  const length = request.headers.get("content-length");
  if (length === null) return refuse("invalid", 411);
  if (Number(length) > MOST_BYTES) return refuse("invalid", 413);

  const lead: unknown = await request.json().catch(() => undefined);
  if (lead === undefined) return refuse("invalid", 400);

  const result = await submitLead(lead);
  return Response.json(result, { status: result.ok ? 200 : (statuses[result.code] ?? 500) });
}

function refuse(code: string, status: number): Response {
  return Response.json({ ok: false, code }, { status });
}

/** As Next checks its own actions: a page of another origin must not write with this person's cookie. */
function isOwnOrigin({ headers }: Request): boolean {
  const origin = headers.get("origin");
  if (origin === null) return true;
  return (
    URL.canParse(origin) && new URL(origin).host === (headers.get("x-forwarded-host") ?? headers.get("host"))
  );
}
