"use server";

import { nothingSchema, provenAction, roleAction } from "@/lib/action";
import { newConnectionSchema } from "@/lib/connection/schema";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { triedPhoneSchema } from "@/lib/known-clients/schema";
import * as connecting from "./connect-account";
import * as authorising from "./oauth/authorise-at-kommo";
import * as connectingByCode from "./oauth/connect-grant";
import { newCodeSchema, newStartSchema } from "./oauth/schema";
import * as refreshing from "./refresh-catalogue";
import * as testing from "./send-test-lead";
import * as attaching from "./try-attaching";

/** Subdomain and token as pasted; the answer comes when Kommo has said whether they fit. */
export const connectAccount = provenAction(["admin"], newConnectionSchema, async (wanted, user) => {
  await connecting.connectAccount(wanted, user.id);
  // It is connected, whatever becomes of this: the page says that its catalogue is to be asked for again.
  await refreshing.tryRefresh({ isPerson: true });
});
/** The integration and the code that was copied from Kommo's window. */
export const connectByCode = provenAction(["admin"], newCodeSchema, async (wanted, user) => {
  await connectingByCode.connectByCode(wanted, user.id);
  await refreshing.tryRefresh({ isPerson: true });
});
/** Answers with the address of Kommo's page that asks for the permission. */
export const startAuthorisation = provenAction(["admin"], newStartSchema, (wanted, _, session) =>
  authorising.startAuthorisation(wanted, session),
);
export const refreshCatalogue = roleAction(["admin"], nothingSchema, () =>
  refreshing.refreshCatalogue({ isPerson: true }),
);
export const sendTestLead = roleAction(["admin"], mappingSchema, (mapping, user) =>
  testing.sendTestLead(mapping, user.id),
);
export const tryAttaching = roleAction(["admin"], triedPhoneSchema, (phone, user) =>
  attaching.tryAttaching(phone, user.id),
);
