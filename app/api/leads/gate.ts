import { currentUser } from "@/lib/auth/session";

// Far above the longest lead, far below what would weigh.
const MOST_BYTES = 64 * 1024;

const statuses: Record<string, number> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  already_left: 409,
  invalid: 422,
};

type Result = { ok: true } | { ok: false; code: string };

/** What a form asks for by a route instead of an action: whole, small bodies of this origin's people. */
export async function answerBody(
  request: Request,
  act: (body: unknown) => Promise<Result>,
): Promise<Response> {
  if (!isOwnOrigin(request)) return refuse("forbidden", 403);
  // Before a byte of the body is read: strangers must not fill the memory.
  if (!(await currentUser())) return refuse("signed_out", 401);
  if (!request.headers.get("content-type")?.startsWith("application/json")) return refuse("invalid", 415);
  const length = request.headers.get("content-length");
  if (length === null) return refuse("invalid", 411);
  if (Number(length) > MOST_BYTES) return refuse("invalid", 413);

  const body: unknown = await request.json().catch(() => undefined);
  if (body === undefined) return refuse("invalid", 400);
  return toResponse(await act(body));
}

/** The same without a body. */
export async function answerPress(request: Request, act: () => Promise<Result>): Promise<Response> {
  return isOwnOrigin(request) ? toResponse(await act()) : refuse("forbidden", 403);
}

function toResponse(result: Result): Response {
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
