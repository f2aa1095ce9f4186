"use server";

import { nothingSchema, provenAction } from "@/lib/action";
import { requireExportLeft } from "./queries";

/** The file itself comes from a route, which a browser loads without showing its refusal. So this is asked before. */
export const prepareExport = provenAction(["head", "admin"], nothingSchema, (_, user) =>
  requireExportLeft(user.id),
);
