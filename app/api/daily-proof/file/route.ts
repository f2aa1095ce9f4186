import { getTranslations } from "next-intl/server";
import { currentUser, isProven, logForbidden } from "@/lib/auth/session";
import { startProofFile } from "@/lib/daily-proof/queries";
import { proofFileSchema, sheetColumns, sheetCounts } from "@/lib/daily-proof/schema";
import { toDifferenceName, toMeaning } from "@/lib/domain/daily-proof/to-meaning";
import { hasExportLeft } from "@/lib/export/queries";

/** The proof of a day as a file, for heads and admins. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return refuse("signed_out", 401);
  if (user.role === "seller") {
    logForbidden(user);
    return refuse("forbidden", 403);
  }
  // A page of another origin must not start a download in this person's name.
  if (request.headers.get("sec-fetch-site") === "cross-site") return refuse("forbidden", 403);
  const wanted = proofFileSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!wanted.success) return refuse("invalid", 400);
  if (!(await isProven())) return refuse("proof_needed", 403);
  if (!(await hasExportLeft(user.id))) return refuse("wait", 429);
  const file = await startProofFile(wanted.data, await toWords(), user.id);
  if (!file) return refuse("not_found", 404);
  return new Response(file, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="proof-${wanted.data.date}.csv"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function toWords() {
  const [t, states] = [await getTranslations("dailyProof"), await getTranslations("export.states")];
  return {
    columns: toRecord(sheetColumns, (column) => t(`columns.${column}`)),
    counts: toRecord(sheetCounts, (name) => t(`rows.${name}`)),
    toKind: (row) => t(`names.${toDifferenceName(row)}`),
    toMeaning: (row) => t(`kinds.${toMeaning(row)}`),
    toState: (state) => states(state),
  } satisfies Parameters<typeof startProofFile>[1];
}

function toRecord<K extends string>(names: readonly K[], toWord: (name: K) => string): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, toWord(name)])) as Record<K, string>;
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
