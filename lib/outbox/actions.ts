"use server";

import { roleAction } from "@/lib/action";
import { newConnectionSchema } from "@/lib/connection/schema";
import { mappingSchema, publishSchema, rollBackSchema } from "@/lib/mapping/schema";
import * as connecting from "./connect-account";
import { pauseSending, probeNow, resendLeads, resumeSending, settleLead } from "./mutations";
import * as publishing from "./publish-mapping";
import * as refreshing from "./refresh-catalogue";
import * as rollingBack from "./roll-back-mapping";
import { nothingSchema, seenLeadsSchema, settlementSchema } from "./schema";
import * as testing from "./send-test-lead";

export const pauseDelivery = roleAction(["admin"], nothingSchema, (_, user) => pauseSending(user.id));
export const resumeDelivery = roleAction(["admin"], nothingSchema, (_, user) => resumeSending(user.id));
export const tryConnection = roleAction(["admin"], nothingSchema, (_, user) => probeNow(user.id));
export const resend = roleAction(["admin", "head"], seenLeadsSchema, (leads, user) =>
  resendLeads(leads, user.id),
);
export const settle = roleAction(["admin"], settlementSchema, (lead, user) => settleLead(lead, user.id));

/** Subdomain and token as pasted; the answer comes when Kommo has said whether they fit. */
export const connectAccount = roleAction(["admin"], newConnectionSchema, async (wanted, user) => {
  await connecting.connectAccount(wanted, user.id);
  // It is connected, whatever becomes of this: the page says that its catalogue is to be asked for again.
  await refreshing.tryRefresh({ isPerson: true });
});
export const refreshCatalogue = roleAction(["admin"], nothingSchema, () =>
  refreshing.refreshCatalogue({ isPerson: true }),
);
export const sendTestLead = roleAction(["admin"], mappingSchema, (mapping, user) =>
  testing.sendTestLead(mapping, user.id),
);
export const publishMapping = roleAction(["admin"], publishSchema, (draft, user) =>
  publishing.publishMapping(draft, user.id),
);
export const rollBack = roleAction(["admin"], rollBackSchema, (wanted, user) =>
  rollingBack.rollBackMapping(wanted, user.id),
);
