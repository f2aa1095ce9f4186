import { currentUser } from "@/lib/auth/session";
import { findProgress, stopExport } from "@/lib/export/queries";

type Context = RouteContext<"/api/leads/export/[ticket]">;

/** The progress of one's own export. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });

  const progress = findProgress((await params).ticket, user.id);
  return progress ? Response.json(progress) : Response.json({ code: "not_found" }, { status: 404 });
}

/** Stops the export. */
export async function POST(_: Request, { params }: Context): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });

  stopExport((await params).ticket, user.id);
  return new Response(null, { status: 204 });
}
