/** The columns of each answer, in this order. */
export const visitors = ["anonymous", "seller", "head", "admin", "disabled"] as const;
type Answers<T> = [T, T, T, T, T];

/** Placeholders for ids: a lead of the seller, a lead of the admin, and the seller. */
export const OWN_LEAD = "{own lead}";
export const OTHER_LEAD = "{other lead}";
export const SELLER = "{seller}";
const NOBODY = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";

const STALE = { id: NOBODY, state: "needs_admin", sentAt: null };

type Call = { method?: "GET" | "POST"; path: string; body?: object; answers: Answers<number> };

const everyone = (path: string): Call => ({ path, answers: [200, 200, 200, 200, 200] });
const signedIn = (path: string): Call => ({ path, answers: [307, 200, 200, 200, 307] });
const adminsOnly = (path: string): Call => ({ path, answers: [307, 404, 404, 200, 307] });
const headsOnly = (path: string): Call => ({ path, answers: [307, 404, 200, 200, 307] });
const signedInApi = (path: string): Call => ({ path, answers: [401, 200, 200, 200, 401] });

/** Every route of the build, by its name in app-paths-manifest.json, with the status of each call. */
export const routes: Record<string, Call[]> = {
  "/(desk)/page": [signedIn("/")],
  "/(desk)/leads/page": [signedIn("/leads")],
  "/(desk)/leads/[id]/page": [
    signedIn(`/leads/${OWN_LEAD}`),
    { path: `/leads/${OTHER_LEAD}`, answers: [307, 404, 200, 200, 307] },
    { path: `/leads/${NOBODY}`, answers: [307, 404, 404, 404, 307] },
  ],
  "/(desk)/overview/page": [signedIn("/overview"), signedIn("/overview?zone=UTC")],
  "/(desk)/overview/proof/page": [
    headsOnly("/overview/proof"),
    headsOnly("/overview/proof?date=2026-11-31"),
    headsOnly("/overview/proof?date=2026-11-30&date=2026-11-29"),
  ],
  "/(desk)/profile/page": [signedIn("/profile")],
  "/admin/delivery/page": [adminsOnly("/admin/delivery")],
  "/admin/kommo/page": [adminsOnly("/admin/kommo")],
  "/admin/intake/page": [adminsOnly("/admin/intake")],
  "/admin/intake/[id]/page": [
    { path: "/admin/intake/nonsense", answers: [307, 404, 404, 404, 307] },
    { path: `/admin/intake/${NOBODY}`, answers: [307, 404, 404, 404, 307] },
  ],
  "/admin/people/page": [adminsOnly("/admin/people")],
  "/admin/people/new/page": [adminsOnly("/admin/people/new")],
  "/admin/people/[id]/page": [
    adminsOnly(`/admin/people/${SELLER}`),
    { path: "/admin/people/nonsense", answers: [307, 404, 404, 404, 307] },
  ],
  "/admin/people/log/page": [adminsOnly("/admin/people/log")],
  "/admin/routing/page": [headsOnly("/admin/routing")],
  "/admin/privacy/page": [adminsOnly("/admin/privacy")],
  "/setup/page": [{ path: "/setup?token=unknown", answers: [200, 307, 307, 307, 200] }],
  "/sign-in/page": [{ path: "/sign-in", answers: [200, 307, 307, 307, 200] }],
  "/api/auth/[...nextauth]/route": [
    everyone("/api/auth/csrf"),
    everyone("/api/auth/session"),
    { method: "POST", path: "/api/auth/_log", answers: [404, 404, 404, 404, 404] },
  ],
  "/api/delivery/route": [{ path: "/api/delivery", answers: [401, 403, 403, 200, 401] }],
  "/api/delivery/kommo/route": [
    { method: "POST", path: "/api/delivery/kommo", body: {}, answers: [401, 403, 422, 422, 401] },
  ],
  "/api/daily-proof/route": [
    { path: "/api/daily-proof?date=2026-11-30", answers: [401, 403, 200, 200, 401] },
  ],
  "/api/daily-proof/file/route": [
    { path: "/api/daily-proof/file?date=nonsense&format=csv", answers: [401, 403, 400, 400, 401] },
  ],
  "/api/health/route": [everyone("/api/health")],
  "/api/leads/route": [
    { method: "POST", path: "/api/leads", body: {}, answers: [401, 422, 422, 422, 401] },
    { path: "/api/leads", answers: [405, 405, 405, 405, 405] },
  ],
  "/api/leads/[id]/route": [
    { path: `/api/leads/${NOBODY}`, answers: [401, 409, 409, 409, 401] },
    { method: "POST", path: `/api/leads/${NOBODY}`, body: {}, answers: [401, 422, 422, 422, 401] },
  ],
  "/api/leads/[id]/[action]/route": [
    ...["pause", "resume", "send-now", "withdraw"].map(
      (act): Call => ({
        method: "POST",
        path: `/api/leads/${NOBODY}/${act}`,
        answers: [401, 404, 404, 404, 401],
      }),
    ),
    { method: "POST", path: `/api/leads/${NOBODY}/nonsense`, answers: [404, 404, 404, 404, 404] },
  ],
  "/api/leads/recent/route": [signedInApi("/api/leads/recent")],
  "/api/leads/stuck/route": [signedInApi("/api/leads/stuck")],
  "/api/leads/consent/route": [signedInApi("/api/leads/consent")],
  "/api/leads/export/route": [{ path: "/api/leads/export?format=none", answers: [401, 403, 400, 400, 401] }],
  "/api/leads/export/[ticket]/route": [
    { path: `/api/leads/export/${NOBODY}`, answers: [401, 404, 404, 404, 401] },
    { method: "POST", path: `/api/leads/export/${NOBODY}`, answers: [401, 204, 204, 204, 401] },
  ],
  "/api/leads/duplicates/route": [signedInApi("/api/leads/duplicates?phone=%2B79001234567")],
  "/api/leads/duplicates/kommo/route": [
    { path: "/api/leads/duplicates/kommo?phone=", answers: [401, 400, 400, 400, 401] },
  ],
  // Public: its key is the gate, and nobody has this one.
  "/api/intake/[key]/route": [
    { method: "POST", path: "/api/intake/AAAAAAAAAAAAAAAA", body: {}, answers: [404, 404, 404, 404, 404] },
    { path: "/api/intake/AAAAAAAAAAAAAAAA", answers: [405, 405, 405, 405, 405] },
    { path: "/api/intake/AAAAAAAAAAAAAAAA?token", answers: [404, 404, 404, 404, 404] },
    { path: "/api/intake/AAAAAAAAAAAAAAAA?received", answers: [404, 404, 404, 404, 404] },
    { path: "/api/intake/AAAAAAAAAAAAAAAA?challenge", answers: [404, 404, 404, 404, 404] },
  ],
  // Public: its secret is the gate, and nobody has this one.
  "/api/kommo/hooks/[secret]/route": [
    { method: "POST", path: "/api/kommo/hooks/AAAA", body: {}, answers: [404, 404, 404, 404, 404] },
  ],
  "/f/[key]/route": [{ path: "/f/AAAAAAAAAAAAAAAA", answers: [404, 404, 404, 404, 404] }],
  "/f/[key]/form/route": [{ path: "/f/AAAAAAAAAAAAAAAA/form", answers: [404, 404, 404, 404, 404] }],
  "/api/privacy/route": [
    { method: "POST", path: "/api/privacy", body: {}, answers: [401, 403, 403, 422, 401] },
  ],
  "/.well-known/security.txt/route": [
    { path: "/.well-known/security.txt", answers: [404, 404, 404, 404, 404] },
  ],
  "/api/metrics/route": [{ path: "/api/metrics", answers: [404, 404, 404, 404, 404] }],
  "/api/queue/route": [signedInApi("/api/queue")],
  "/api/kommo/oauth/route": [
    { path: "/api/kommo/oauth?state=unknown&code=def502", answers: [303, 403, 403, 303, 303] },
  ],
  // Public: its signature is the gate, and nobody has this one.
  "/api/kommo/disabled/route": [
    { path: "/api/kommo/disabled?account_id=1&signature=ab", answers: [403, 403, 403, 403, 403] },
  ],
  "/icon.svg/route": [everyone("/icon.svg")],
  "/_not-found/page": [{ path: "/nowhere", answers: [404, 404, 404, 404, 404] }],
  "/_global-error/page": [{ path: "/_global-error", answers: [404, 404, 404, 404, 404] }],
};

type ActionRow = { input: unknown; answers: Answers<string> };

/** The input is malformed or names nobody, so that a person who is authorised changes nothing. */
const forAll = (input: unknown, answer: string): ActionRow => ({
  input,
  answers: [answer, answer, answer, answer, answer],
});
const forSignedIn = (input: unknown, answer: string): ActionRow => ({
  input,
  answers: ["signed_out", answer, answer, answer, "signed_out"],
});
const forHeads = (input: unknown, answer: string): ActionRow => ({
  input,
  answers: ["signed_out", "forbidden", answer, answer, "signed_out"],
});
const forAdmins = (input: unknown, answer: string): ActionRow => ({
  input,
  answers: ["signed_out", "forbidden", "forbidden", answer, "signed_out"],
});
/** No page uses it. Only a route calls it, and the route has its own row above. */
const forRoutesOnly = forAll(NOBODY, "nothing");

/**
 * Every action of the build, as `file#name` of server-reference-manifest.json, with its code; "ok" means
 * done.
 */
export const actions: Record<string, ActionRow> = {
  "lib/leads/actions.ts#submitLead": forRoutesOnly,
  "lib/leads/actions.ts#correctLead": forRoutesOnly,
  "lib/leads/actions.ts#withdrawLead": forRoutesOnly,
  "lib/leads/actions.ts#sendNow": forRoutesOnly,
  "lib/leads/actions.ts#pauseHold": forRoutesOnly,
  "lib/leads/actions.ts#resumeHold": forRoutesOnly,
  "lib/leads/actions.ts#decideChecked": forHeads({ id: NOBODY, isGood: true }, "changed_meanwhile"),
  "lib/mapping/actions.ts#saveDraft": forAdmins({}, "invalid"),
  "lib/mapping/actions.ts#dropDraft": forAdmins(undefined, "ok"),
  "lib/routing/actions.ts#keepRoutingDraft": forAdmins({}, "invalid"),
  "lib/routing/actions.ts#discardRoutingDraft": forAdmins(undefined, "ok"),
  "lib/routing/actions.ts#publishRules": forAdmins({}, "invalid"),
  "lib/routing/actions.ts#rollBackRules": forAdmins({}, "invalid"),
  "lib/routing/actions.ts#tryRules": forAdmins({}, "invalid"),
  "lib/known-clients/actions.ts#switchAttaching": forAdmins({}, "invalid"),
  "lib/account/actions.ts#tryAttaching": forAdmins({}, "invalid"),
  "lib/routing/actions.ts#pauseLeadsOf": forHeads({}, "invalid"),
  "lib/routing/actions.ts#pauseMyLeads": forSignedIn("now", "invalid"),
  "lib/routing/actions.ts#tryRecipientAgain": forHeads(-1, "invalid"),
  "lib/routing/actions.ts#chooseKommoUser": forAdmins({ personId: NOBODY, userId: null }, "not_found"),
  "lib/account/actions.ts#connectAccount": forAdmins({}, "invalid"),
  "lib/account/actions.ts#connectByCode": forAdmins({}, "invalid"),
  "lib/account/actions.ts#startAuthorisation": forAdmins({ subdomain: 5 }, "invalid"),
  "lib/account/actions.ts#refreshCatalogue": forAdmins(undefined, "ok"),
  "lib/account/actions.ts#sendTestLead": forAdmins({}, "invalid"),
  "lib/mapping/actions.ts#publishMapping": forAdmins({}, "invalid"),
  "lib/mapping/actions.ts#rollBack": forAdmins({}, "invalid"),
  "lib/queue/actions.ts#pauseDelivery": forAdmins(undefined, "ok"),
  "lib/queue/actions.ts#resumeDelivery": forAdmins(undefined, "ok"),
  "lib/queue/actions.ts#tryConnection": forAdmins(undefined, "ok"),
  "lib/delivery/actions.ts#resend": forHeads([STALE], "ok"),
  "lib/delivery/actions.ts#handBack": forHeads([STALE], "ok"),
  "lib/history/actions.ts#listChosen": forHeads({ ids: [] }, "invalid"),
  "lib/history/actions.ts#discardChosen": forHeads({ ids: [] }, "invalid"),
  "lib/delivery/actions.ts#settle": forAdmins([], "invalid"),
  "lib/people/actions.ts#setUp": forAll({ token: "unknown" }, "invalid"),
  "lib/people/actions.ts#addPerson": forAdmins({}, "invalid"),
  "lib/people/actions.ts#editPerson": forAdmins(
    { id: NOBODY, name: "N", role: "admin", locale: "en" },
    "not_found",
  ),
  "lib/people/actions.ts#disable": forAdmins(NOBODY, "not_found"),
  "lib/people/actions.ts#enable": forAdmins(NOBODY, "not_found"),
  "lib/people/actions.ts#makeResetLink": forAdmins(NOBODY, "not_found"),
  "lib/people/actions.ts#linkSubject": forAdmins({ id: NOBODY, askedAt: 0 }, "not_found"),
  "lib/people/actions.ts#endSessionsOf": forAdmins(NOBODY, "not_found"),
  "lib/privacy/actions.ts#erase": forAdmins({ ids: [] }, "invalid"),
  "lib/privacy/actions.ts#setRetention": forAdmins({ keepDays: 0 }, "invalid"),
  "lib/consent/actions.ts#saveConsent": forAdmins({ isAsked: true }, "invalid"),
  "lib/kommo-hooks/actions.ts#makeHookAddress": forAdmins(undefined, "ok"),
  "lib/intake/actions.ts#addForm": forAdmins({}, "invalid"),
  "lib/intake/actions.ts#editForm": forAdmins({}, "invalid"),
  "lib/intake/actions.ts#editTargets": forAdmins({}, "invalid"),
  "lib/intake/actions.ts#pause": forAdmins(NOBODY, "not_found"),
  "lib/intake/actions.ts#resume": forAdmins(NOBODY, "not_found"),
  "lib/intake/actions.ts#replaceKey": forAdmins(NOBODY, "not_found"),
  "lib/intake/actions.ts#makeSecret": forAdmins({ id: NOBODY, days: 0 }, "invalid"),
  "lib/intake/actions.ts#dropSecret": forAdmins(NOBODY, "not_found"),
  "lib/export/actions.ts#prepareExport": forHeads(undefined, "ok"),
  "lib/daily-proof/actions.ts#makeProofNow": forHeads("2999-01-01", "invalid"),
  "lib/daily-proof/actions.ts#acceptRow": forHeads(NOBODY, "changed_meanwhile"),
  "lib/proof/actions.ts#listOwnWays": forSignedIn(undefined, "ok"),
  "lib/proof/actions.ts#proveByCode": forSignedIn({ code: "" }, "invalid"),
  "lib/proof/actions.ts#proveByPassword": forSignedIn({ password: "" }, "invalid"),
  "lib/second-factor/actions.ts#startTotp": forSignedIn(undefined, "ok"),
  "lib/second-factor/actions.ts#confirmTotp": forSignedIn({ code: "" }, "invalid"),
  "lib/proof/actions.ts#askForPasskey": forSignedIn(undefined, "ok"),
  "lib/proof/actions.ts#proveByPasskey": forSignedIn({}, "invalid"),
  "lib/second-factor/actions.ts#startPasskey": forSignedIn(undefined, "ok"),
  "lib/second-factor/actions.ts#addPasskey": forSignedIn({}, "invalid"),
  "lib/second-factor/actions.ts#renamePasskey": forSignedIn({ id: "nobody", name: "N" }, "changed_meanwhile"),
  "lib/second-factor/actions.ts#removePasskey": forSignedIn("nobody", "changed_meanwhile"),
  "lib/second-factor/actions.ts#renewCodes": forSignedIn(undefined, "changed_meanwhile"),
  "lib/second-factor/actions.ts#removeTotp": forSignedIn(undefined, "ok"),
  "lib/second-factor/actions.ts#resetFactors": forAdmins(NOBODY, "not_found"),
  "lib/second-factor/actions.ts#saveFactorRules": forAdmins({}, "invalid"),
  "lib/preferences/actions.ts#chooseLocale": forAll("en", "ok"),
  "lib/preferences/actions.ts#chooseTheme": forAll("system", "ok"),
  "lib/profile/actions.ts#rename": forSignedIn({ name: "" }, "invalid"),
  "lib/profile/actions.ts#replacePassword": forSignedIn(
    { current: "wrong", password: "a longer sentence" },
    "invalid",
  ),
  "lib/profile/actions.ts#endOtherSessions": forSignedIn(undefined, "ok"),
  "lib/profile/actions.ts#endOneSession": forSignedIn("nonsense", "invalid"),
  "lib/profile/actions.ts#choosePasswordByLink": forAll(
    { token: "unknown", password: "a longer sentence" },
    "link_spent",
  ),
};

/** What asks again who is there, once ten minutes have passed, with an input for which it is needed. */
export const provenActions: Record<string, unknown> = {
  "lib/account/actions.ts#connectAccount": { subdomain: "one", token: "a.b.c" },
  "lib/account/actions.ts#connectByCode": { subdomain: "one", code: "def502".repeat(5) },
  "lib/account/actions.ts#startAuthorisation": { subdomain: "one" },
  "lib/export/actions.ts#prepareExport": undefined,
  "lib/people/actions.ts#addPerson": { email: "new@example.com", name: "N", role: "admin", locale: "en" },
  "lib/people/actions.ts#editPerson": { id: SELLER, name: "N", role: "admin", locale: "en" },
  "lib/people/actions.ts#disable": NOBODY,
  "lib/people/actions.ts#enable": NOBODY,
  "lib/people/actions.ts#endSessionsOf": NOBODY,
  "lib/people/actions.ts#makeResetLink": NOBODY,
  "lib/people/actions.ts#linkSubject": { id: NOBODY, askedAt: 0 },
  "lib/intake/actions.ts#dropSecret": NOBODY,
  "lib/intake/actions.ts#makeSecret": { id: NOBODY, days: null },
  "lib/intake/actions.ts#replaceKey": NOBODY,
  "lib/privacy/actions.ts#erase": { ids: [NOBODY] },
  "lib/privacy/actions.ts#setRetention": { keepDays: "30" },
  "lib/profile/actions.ts#endOtherSessions": undefined,
  "lib/profile/actions.ts#endOneSession": NOBODY,
  "lib/second-factor/actions.ts#startTotp": undefined,
  "lib/second-factor/actions.ts#confirmTotp": { code: "000000", begun: "nothing" },
  "lib/second-factor/actions.ts#startPasskey": undefined,
  "lib/second-factor/actions.ts#renamePasskey": { id: "nobody", name: "N" },
  "lib/second-factor/actions.ts#removePasskey": "nobody",
  "lib/second-factor/actions.ts#renewCodes": undefined,
  "lib/second-factor/actions.ts#removeTotp": undefined,
  "lib/second-factor/actions.ts#resetFactors": NOBODY,
  "lib/second-factor/actions.ts#saveFactorRules": { roles: [], afterSignOn: false },
};
