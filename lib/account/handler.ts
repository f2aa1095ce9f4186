import "server-only";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { finishAuthorisation } from "./oauth/authorise-at-kommo";
import { heedDisabled } from "./oauth/heed-disabled";
import { disabledSchema, returnedSchema } from "./oauth/schema";
import { findCatalogueState } from "./queries";
import { tryRefresh } from "./refresh-catalogue";

const PAGE = "/admin/kommo";

/** Connects, and leads on to a clean address: the code stays in no address, history or log. `oauth` says how it went. */
export async function finishOauth(
  request: Request,
  who: { personId: string; session: string },
): Promise<Response> {
  try {
    await finishAuthorisation(returnedSchema.parse(toParameters(request)), who);
  } catch (error) {
    const code = error instanceof AppError ? error.code : "failed";
    if (code === "failed") log.error({ err: error }, "Kommo was not connected");
    else log.warn({ code }, "Kommo was not connected");
    return leadTo(`${PAGE}?oauth=${code}`);
  }
  // It is connected, whatever becomes of this: the page says that its catalogue is to be asked for again.
  await refreshIfNeeded().catch((err) =>
    log.error({ err }, "Kommo is connected, and its catalogue was not read"),
  );
  return leadTo(`${PAGE}?oauth=connected`);
}

async function refreshIfNeeded(): Promise<void> {
  const { fetchedAt, problem } = await findCatalogueState();
  if (fetchedAt === null || problem !== null) await tryRefresh({ isPerson: true });
}

/** The session has ended, or its cookie did not come: what was allowed is not used, and can be allowed again. */
export function askToSignIn(): Response {
  return leadTo(`/sign-in?callbackUrl=${encodeURIComponent(`${PAGE}?oauth=signed_out`)}`);
}

/** 403 only for what our integration has not signed; nothing is told of what becomes of the rest. */
export async function answerDisabled(request: Request): Promise<Response> {
  const heeded = await heedDisabled(disabledSchema.parse(toParameters(request)));
  return new Response(null, { status: heeded === "refused" ? 403 : 200 });
}

function toParameters(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

function leadTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
