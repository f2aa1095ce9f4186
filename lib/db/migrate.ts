import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "@/lib/errors";
import { type Db, waitForTurn } from "./client";
import * as firstLead from "./migrations/0001-first-lead";
import * as oneSender from "./migrations/0002-one-sender";
import * as connectionAndMapping from "./migrations/0003-connection-and-mapping";
import * as peopleBeforeDeliveries from "./migrations/0004-people-before-deliveries";
import * as sessionsAndLimits from "./migrations/0005-sessions-and-limits";
import * as privacy from "./migrations/0006-privacy";
import * as leadKeys from "./migrations/0007-lead-keys";
import * as corrections from "./migrations/0008-corrections";
import * as leadTimes from "./migrations/0009-lead-times";
import * as sessions from "./migrations/0013-sessions";
import * as nameParts from "./migrations/0014-name-parts";
import * as rateLanes from "./migrations/0015-rate-lanes";
import * as deliveryFence from "./migrations/0016-delivery-fence";
import * as sendings from "./migrations/0017-sendings";
import * as comment from "./migrations/0018-comment";
import * as identities from "./migrations/0019-identities";
import * as lookups from "./migrations/0020-lookups";
import * as latinNames from "./migrations/0021-latin-names";
import * as routing from "./migrations/0024-routing";
import * as websiteForms from "./migrations/0025-website-forms";
import * as secondFactor from "./migrations/0026-second-factor";
import * as overviewRecipients from "./migrations/0028-overview-recipients";
import * as leadsBySending from "./migrations/0029-leads-by-sending";
import * as leadOrigin from "./migrations/0031-lead-origin";
import * as knownClients from "./migrations/0032-known-clients";
import * as publicForm from "./migrations/0033-public-form";
import * as grants from "./migrations/0034-grants";
import * as outcomes from "./migrations/0036-outcomes";
import * as dailyProofs from "./migrations/0038-daily-proofs";
import * as mergedLeads from "./migrations/0039-merged-leads";
import * as overviewOutcomes from "./migrations/0040-overview-outcomes";
import * as leadsByOutcome from "./migrations/0044-leads-by-outcome";
import * as fewerIndexPages from "./migrations/0045-fewer-index-pages";
import * as goneLeads from "./migrations/0046-gone-leads";
import * as pressedWords from "./migrations/0047-pressed-words";
import * as leadsByTwin from "./migrations/0048-leads-by-twin";
import * as keptIntegrations from "./migrations/0049-kept-integrations";
import * as sentReference from "./migrations/0050-sent-reference";
import * as unshownLeads from "./migrations/0051-unshown-leads";
import * as kommoAhead from "./migrations/0052-kommo-ahead";

// Any number, and the same in every version.
const LOCK = 20_261_121;

const migrations: Record<string, { up(db: Kysely<unknown>): Promise<void> }> = {
  "0001-first-lead": firstLead,
  "0002-one-sender": oneSender,
  "0003-connection-and-mapping": connectionAndMapping,
  "0004-people-before-deliveries": peopleBeforeDeliveries,
  "0005-sessions-and-limits": sessionsAndLimits,
  "0006-privacy": privacy,
  "0007-lead-keys": leadKeys,
  "0008-corrections": corrections,
  "0009-lead-times": leadTimes,
  "0013-sessions": sessions,
  "0014-name-parts": nameParts,
  "0015-rate-lanes": rateLanes,
  "0016-delivery-fence": deliveryFence,
  "0017-sendings": sendings,
  "0018-comment": comment,
  "0019-identities": identities,
  "0020-lookups": lookups,
  "0021-latin-names": latinNames,
  "0024-routing": routing,
  "0025-website-forms": websiteForms,
  "0026-second-factor": secondFactor,
  "0028-overview-recipients": overviewRecipients,
  "0029-leads-by-sending": leadsBySending,
  "0031-lead-origin": leadOrigin,
  "0032-known-clients": knownClients,
  "0033-public-form": publicForm,
  "0034-grants": grants,
  "0036-outcomes": outcomes,
  "0038-daily-proofs": dailyProofs,
  "0039-merged-leads": mergedLeads,
  "0040-overview-outcomes": overviewOutcomes,
  "0044-leads-by-outcome": leadsByOutcome,
  "0045-fewer-index-pages": fewerIndexPages,
  "0046-gone-leads": goneLeads,
  "0047-pressed-words": pressedWords,
  "0048-leads-by-twin": leadsByTwin,
  "0049-kept-integrations": keptIntegrations,
  "0050-sent-reference": sentReference,
  "0051-unshown-leads": unshownLeads,
  "0052-kommo-ahead": kommoAhead,
};

/** Safe when two processes start at once. Throws `database_newer`. Tests stop after `last`. */
export async function migrate(db: Db, last?: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await waitForTurn(tx, LOCK);
    await refuseNewerDatabase(tx);
    const migrator = new Migrator({ db: tx, provider: { getMigrations: async () => migrations } });
    const { error } = await (last ? migrator.migrateTo(last) : migrator.migrateToLatest());
    if (error) throw error;
  });
}

async function refuseNewerDatabase(db: Db): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return;

  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const unknown = rows.filter((row) => !(row.name in migrations));
  if (unknown.length > 0) {
    throw new AppError("database_newer", {
      message:
        "This database was created by a newer version of Lead Desk. Start that version again, or restore a backup made before the upgrade.",
      detail: unknown.map((row) => row.name),
    });
  }
}
