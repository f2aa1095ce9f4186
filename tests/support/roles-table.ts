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
  "/(desk)/profile/page": [signedIn("/profile")],
  "/admin/delivery/page": [adminsOnly("/admin/delivery")],
  "/admin/kommo/page": [adminsOnly("/admin/kommo")],
  "/admin/people/page": [adminsOnly("/admin/people")],
  "/admin/people/new/page": [adminsOnly("/admin/people/new")],
  "/admin/people/[id]/page": [
    adminsOnly(`/admin/people/${SELLER}`),
    { path: "/admin/people/nonsense", answers: [307, 404, 404, 404, 307] },
  ],
  "/admin/people/log/page": [adminsOnly("/admin/people/log")],
  "/admin/privacy/page": [adminsOnly("/admin/privacy")],
  "/setup/page": [{ path: "/setup?token=unknown", answers: [200, 307, 307, 307, 200] }],
  "/sign-in/page": [{ path: "/sign-in", answers: [200, 307, 307, 307, 200] }],
  "/api/auth/[...nextauth]/route": [
    everyone("/api/auth/csrf"),
    everyone("/api/auth/session"),
    { method: "POST", path: "/api/auth/_log", answers: [404, 404, 404, 404, 404] },
  ],
  "/api/delivery/route": [{ path: "/api/delivery", answers: [401, 403, 403, 200, 401] }],
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
  "/api/leads/export/route": [{ path: "/api/leads/export?format=none", answers: [401, 403, 400, 400, 401] }],
  "/api/leads/export/[ticket]/route": [
    { path: `/api/leads/export/${NOBODY}`, answers: [401, 404, 404, 404, 401] },
    { method: "POST", path: `/api/leads/export/${NOBODY}`, answers: [401, 204, 204, 204, 401] },
  ],
  "/api/leads/duplicates/route": [signedInApi("/api/leads/duplicates?phone=%2B79001234567")],
  "/api/leads/duplicates/kommo/route": [
    { path: "/api/leads/duplicates/kommo?phone=", answers: [401, 400, 400, 400, 401] },
  ],
  "/api/privacy/route": [
    { method: "POST", path: "/api/privacy", body: {}, answers: [401, 403, 403, 422, 401] },
  ],
  "/api/metrics/route": [{ path: "/api/metrics", answers: [404, 404, 404, 404, 404] }],
  "/api/queue/route": [signedInApi("/api/queue")],
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
  "lib/leads/actions.ts#submitLead": forSignedIn({}, "invalid"),
  "lib/leads/actions.ts#correctLead": forSignedIn({}, "invalid"),
  "lib/leads/actions.ts#withdrawLead": forRoutesOnly,
  "lib/leads/actions.ts#sendNow": forRoutesOnly,
  "lib/leads/actions.ts#pauseHold": forRoutesOnly,
  "lib/leads/actions.ts#resumeHold": forRoutesOnly,
  "lib/mapping/actions.ts#saveDraft": forAdmins({}, "invalid"),
  "lib/mapping/actions.ts#dropDraft": forAdmins(undefined, "ok"),
  "lib/account/actions.ts#connectAccount": forAdmins({}, "invalid"),
  "lib/account/actions.ts#refreshCatalogue": forAdmins(undefined, "ok"),
  "lib/account/actions.ts#sendTestLead": forAdmins({}, "invalid"),
  "lib/mapping/actions.ts#publishMapping": forAdmins({}, "invalid"),
  "lib/mapping/actions.ts#rollBack": forAdmins({}, "invalid"),
  "lib/queue/actions.ts#pauseDelivery": forAdmins(undefined, "ok"),
  "lib/queue/actions.ts#resumeDelivery": forAdmins(undefined, "ok"),
  "lib/queue/actions.ts#tryConnection": forAdmins(undefined, "ok"),
  "lib/delivery/actions.ts#resend": forHeads([STALE], "changed_meanwhile"),
  // Kommo knows no lead of that id.
  "lib/delivery/actions.ts#settle": forAdmins({ ...STALE, kommoLeadId: 7 }, "invalid"),
  "lib/people/actions.ts#setUp": forAll({ token: "unknown" }, "invalid"),
  "lib/people/actions.ts#addPerson": forAdmins({}, "invalid"),
  "lib/people/actions.ts#editPerson": forAdmins(
    { id: NOBODY, name: "N", role: "admin", locale: "en" },
    "not_found",
  ),
  "lib/people/actions.ts#disable": forAdmins(NOBODY, "not_found"),
  "lib/people/actions.ts#enable": forAdmins(NOBODY, "not_found"),
  "lib/people/actions.ts#makeResetLink": forAdmins(NOBODY, "not_found"),
  "lib/people/actions.ts#endSessionsOf": forAdmins(NOBODY, "not_found"),
  "lib/privacy/actions.ts#erase": forAdmins({ ids: [] }, "invalid"),
  "lib/privacy/actions.ts#setRetention": forAdmins({ keepDays: 0 }, "invalid"),
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
