import { currentSession, runInSession } from "@/lib/auth/session";

const statuses: Record<string, number> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  already_left: 409,
  changed_meanwhile: 409,
  invalid: 422,
  disk_full: 507,
};

type Result = { ok: true } | { ok: false; code: string };

/** For forms that use a route instead of an action. lib/http checks origin and size of every POST. */
export async function answerBody(
  request: Request,
  act: (body: unknown) => Promise<Result>,
): Promise<Response> {
  // Before the body is read, so that strangers cannot fill the memory.
  const current = await currentSession();
  if (!current || isOfAnother(request, current.user.id)) return refuse("signed_out", 401);
  if (!request.headers.get("content-type")?.startsWith("application/json")) return refuse("invalid", 415);

  const body: unknown = await request.json().catch(() => undefined);
  if (body === undefined) return refuse("invalid", 400);
  return toResponse(await runInSession(current, () => act(body)));
}

/** The same for requests without a body. */
export async function answerPress(request: Request, act: () => Promise<Result>): Promise<Response> {
  const current = await currentSession();
  if (!current || isOfAnother(request, current.user.id)) return refuse("signed_out", 401);
  return toResponse(await runInSession(current, act));
}

/** A lead that waited in a browser names its author: whoever is signed in there by now must not become it. */
function isOfAnother({ url }: Request, personId: string): boolean {
  return (new URL(url).searchParams.get("author") ?? personId) !== personId;
}

function toResponse(result: Result): Response {
  return Response.json(result, { status: result.ok ? 200 : (statuses[result.code] ?? 500) });
}

function refuse(code: string, status: number): Response {
  return Response.json({ ok: false, code }, { status });
}
