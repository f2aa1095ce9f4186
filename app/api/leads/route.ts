import { submitLead } from "@/lib/leads/actions";

const statuses: Record<string, number> = { signed_out: 401, forbidden: 403, already_left: 409, invalid: 422 };

/** Where a form goes whose action cannot answer: a tab from before a deployment, or a retry. Its address never changes. */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnOrigin(request)) return refuse("forbidden", 403);
  if (!request.headers.get("content-type")?.startsWith("application/json")) return refuse("invalid", 415);

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
