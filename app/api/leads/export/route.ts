import { getLocale, getTranslations } from "next-intl/server";
import { currentUser } from "@/lib/auth/session";
import { leadFields } from "@/lib/domain/lead/fields";
import { leadStates } from "@/lib/domain/lead/states";
import { startExport } from "@/lib/export/queries";
import { columns, exportSchema } from "@/lib/export/schema";
import { historySchema } from "@/lib/history/schema";
import { listFormFields } from "@/lib/published-mapping/queries";

const types = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** The filtered list as a file, for heads and admins. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return refuse("signed_out", 401);
  if (user.role === "seller") return refuse("forbidden", 403);
  // A page of another origin must not start an export in this person's name.
  if (request.headers.get("sec-fetch-site") === "cross-site") return refuse("forbidden", 403);
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const wanted = exportSchema.safeParse(asked);
  if (!wanted.success) return refuse("invalid", 400);

  const { format } = wanted.data;
  const file = await startExport(historySchema.parse(asked), wanted.data, await toWords(), user);
  return new Response(file, {
    headers: {
      "content-type": types[format],
      "content-disposition": `attachment; filename="leads-${new Date().toISOString().slice(0, 10)}.${format}"`,
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
    custom: [...custom, ...retired].map((field) => ({
      field,
      name: field.label[locale] || field.label.en || field.label.ru,
    })),
    yes: t("mapping.preview.yes"),
  } as Parameters<typeof startExport>[2];
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
