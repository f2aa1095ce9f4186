import { getLocale, getTranslations } from "next-intl/server";
import { currentUser, isProven, logForbidden, watchSession } from "@/lib/auth/session";
import { leadFields } from "@/lib/domain/lead/fields";
import { leadStates, outcomes } from "@/lib/domain/lead/states";
import { hasExportLeft, startExport, toFileName } from "@/lib/export/queries";
import { columns, exportSchema, type Format } from "@/lib/export/schema";
import { historySchema } from "@/lib/history/schema";
import { listFormFields } from "@/lib/published-mapping/queries";

const CSV = "text/csv; charset=utf-8";
const types: Record<Format, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv_excel: CSV,
  csv: CSV,
};

/** The filtered list as a file, for heads and admins. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return refuse("signed_out", 401);
  if (user.role === "seller") {
    logForbidden(user);
    return refuse("forbidden", 403);
  }
  // A page of another origin must not start an export in this person's name.
  if (request.headers.get("sec-fetch-site") === "cross-site") return refuse("forbidden", 403);
  if (!(await isProven())) return refuse("proof_needed", 403);
  if (!(await hasExportLeft(user.id))) return refuse("wait", 429);
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const wanted = exportSchema.safeParse(asked);
  if (!wanted.success) return refuse("invalid", 400);

  const findReader = await watchSession();
  const mayGoOn = async () => !["seller", undefined].includes((await findReader())?.role);
  const file = await startExport(historySchema.parse(asked), wanted.data, await toWords(), user, mayGoOn);
  return new Response(file, {
    headers: {
      "content-type": types[wanted.data.format],
      "content-disposition": `attachment; filename="${toFileName(wanted.data)}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function toWords() {
  const t = await getTranslations();
  const locale = (await getLocale()) === "ru" ? "ru" : "en";
  const { custom, retired } = await listFormFields();
  const named = new Map(leadFields.map((field) => [field as string, t(`lead.fields.${field}`)]));
  return {
    columns: Object.fromEntries(
      columns.map((column) => [column, named.get(column) ?? t(`export.columns.${column}`)]),
    ),
    states: Object.fromEntries(leadStates.map((state) => [state, t(`export.states.${state}`)])),
    outcomes: Object.fromEntries(
      outcomes.map((outcome) => [outcome, t(`leads.filters.outcomes.${outcome}`)]),
    ),
    lists: custom.filter(({ own }) => own),
    custom: [...custom.filter(({ own }) => !own), ...retired].map((field) => ({
      field,
      name: field.label[locale] || field.label.en || field.label.ru,
    })),
    website: (form: string) => t("intake.author", { form }),
    yes: t("mapping.preview.yes"),
  } as Parameters<typeof startExport>[2];
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
