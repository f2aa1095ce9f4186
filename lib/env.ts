import { isSupportedCountry } from "libphonenumber-js";
import { z } from "zod";
import { AppError } from "./errors.ts";

const JWT = /^([\w-]+)\.([\w-]+)\.[\w-]+$/;
// In a password these four end it, or the host: a server of another name would be asked, and told the rest.
const POSTGRES_URL =
  /^postgres(?:ql)?:\/\/(?:[^@:/?#\s]*(?::[^@:/?#\s]*)?@)?(?:\[[^\]]*\]|[^@:/?#\s]*)(?::\d+)?(?:[/?][^#]*)?$/;
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Settings that seed the first mapping, beside the lead's field each one stands for, and the field that carries its id. */
export const FIELD_ID_SETTINGS = {
  KOMMO_PHONE_FIELD_ID: "phone",
  KOMMO_EMAIL_FIELD_ID: "email",
  KOMMO_TELEGRAM_FIELD_ID: "telegram",
  KOMMO_CAREER_FIELD_ID: "profession",
  KOMMO_EDUCATION_FIELD_ID: "education",
  KOMMO_INCOME_FIELD_ID: "income",
  KOMMO_UTM_SOURCE_FIELD_ID: "source",
  KOMMO_UTM_MEDIUM_FIELD_ID: "utm_medium",
  KOMMO_UTM_CAMPAIGN_FIELD_ID: "utm_campaign",
  KOMMO_UTM_CONTENT_FIELD_ID: "utm_content",
  KOMMO_UTM_TERM_FIELD_ID: "utm_term",
  KOMMO_UTM_REFERRER_FIELD_ID: "referrer",
  KOMMO_REFERENCE_FIELD_ID: "reference",
} as const;

/** Settings that say how Kommo is spoken to, but not to which: the practice Kommo starts beside them. */
export const KOMMO_TUNING: readonly string[] = [
  "KOMMO_REQUESTS_PER_SECOND",
  "KOMMO_LATE_SECONDS",
  "KOMMO_ALLOW_COMPLEX",
  "KOMMO_CLIENT_ID",
  "KOMMO_CLIENT_SECRET",
  "KOMMO_REDIRECT_URI",
];

/** Where Kommo's page leads back to. */
export const OAUTH_PATH = "/api/kommo/oauth";

const KOMMO_SETTINGS = [
  "KOMMO_SUBDOMAIN",
  "KOMMO_API_TOKEN",
  "KOMMO_BASE_URL",
  "KOMMO_PIPELINE_ID",
  ...KOMMO_TUNING,
  ...Object.keys(FIELD_ID_SETTINGS),
];

const idSetting = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, "must be a Kommo ID, digits only, for example 467700.")
  .transform(Number)
  .optional();

const settings = z.object({
  PORT: z.coerce.number("must be a port number, for example 3000.").int().min(1).max(65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:.+|postgres(ql)?:\/\/.+)/,
      "must start with file: or postgres://, for example file:.data/lead-desk.db.",
    )
    .refine(
      (url) => !url.startsWith("postgres") || POSTGRES_URL.test(url),
      "has a character in its user or password that means something else in an address: write @ as %40, : as %3A, / as %2F, # as %23 and ? as %3F.",
    )
    .default("file:.data/lead-desk.db"),
  KOMMO_SUBDOMAIN: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]*$/i,
      "must be the first part of the account's address: for https://intermigro.kommo.com, enter intermigro.",
    )
    .optional(),
  KOMMO_API_TOKEN: z
    .string()
    .trim()
    .refine(
      isJwt,
      "is not a Kommo token: paste the whole long-lived token (three parts separated by dots) from Kommo, Settings → Integrations → your integration → Keys and scopes.",
    )
    .optional(),
  KOMMO_BASE_URL: z
    .string()
    .refine(
      isSafeBaseUrl,
      "must start with https://, or with http:// for this machine only (127.0.0.1, localhost).",
    )
    .transform((url) => new URL(url).origin)
    .optional(),
  KOMMO_CLIENT_ID: z
    .string()
    .trim()
    .max(200, "is longer than 200 characters: it is the integration's ID.")
    .optional(),
  KOMMO_CLIENT_SECRET: z
    .string()
    .trim()
    .max(500, "is longer than 500 characters: it is the integration's secret key.")
    .optional(),
  KOMMO_REDIRECT_URI: z
    .string()
    .trim()
    .max(500, "is longer than 500 characters.")
    .refine(
      isSafeBaseUrl,
      "must start with https://, or with http:// for this machine only (127.0.0.1, localhost).",
    )
    .optional(),
  /** Set by scripts/serve.ts, never by a person. */
  OWN_PRACTICE: z.string().optional(),
  KOMMO_PIPELINE_ID: idSetting,
  KOMMO_LATE_SECONDS: z.coerce
    .number("is a number of seconds, for example 360.")
    .int("is a whole number of seconds, for example 360.")
    .min(20, "is at least 20 seconds: how long a request without an answer may still arrive in Kommo.")
    .max(3600, "is at most 3600 seconds.")
    .default(360),
  KOMMO_ALLOW_COMPLEX: z
    .enum(["0", "1"], "is 1 to send leads under Kommo's duplicate control, by /leads/complex, or 0.")
    .default("0"),
  KOMMO_REQUESTS_PER_SECOND: z.coerce
    .number("is a number of requests, for example 6.")
    .int("is a whole number.")
    .min(2, "is 2 or more: one is for people at the keyboard, the others are for deliveries.")
    .max(50, "is 50 at the most, as Kommo takes no more from one account.")
    .default(6),
  ...(Object.fromEntries(Object.keys(FIELD_ID_SETTINGS).map((name) => [name, idSetting])) as Record<
    keyof typeof FIELD_ID_SETTINGS,
    typeof idSetting
  >),
  NEXTAUTH_SECRET: z
    .string("is missing: `npm start` creates one and keeps it in .data/.")
    .refine((secret) => Buffer.byteLength(secret) >= 32, "is shorter than 32 bytes: use a longer one."),
  NEXTAUTH_URL: z
    .url({
      protocol: /^https?$/,
      error: "must be the address people open, for example https://leads.example.com.",
      abort: true,
    })
    .refine(
      (url) => new URL(url).href === `${new URL(url).origin}/`,
      "has a path, and Lead Desk answers at the root of an address only: give it a name of its own, for example https://leads.example.com.",
    ),
  ADMIN_EMAIL: z.string().trim().toLowerCase().pipe(z.email("is not an email address.")).optional(),
  ADMIN_PASSWORD: z
    .string()
    .min(10, "is shorter than 10 characters.")
    .max(200, "is longer than 200 characters.")
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(
      isSafeBaseUrl,
      "must start with https://, or with http:// for this machine only (127.0.0.1, localhost).",
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ALLOWED_DOMAIN: z
    .string()
    .trim()
    .toLowerCase()
    .regex(
      /^[a-z0-9.-]+\.[a-z]{2,}$/,
      "must be the part of an email address after the @, for example example.com.",
    )
    .optional(),
  OIDC_ROLE_CLAIM: z.string().trim().optional(),
  OIDC_ROLE_ADMIN: z.string().trim().optional(),
  OIDC_ROLE_HEAD: z.string().trim().optional(),
  OIDC_ONLY: z.enum(["0", "1"], "is 1 to switch passwords off, or 0.").default("0"),
  TRUST_PROXY: z.coerce
    .number("must be the number of proxies in front of the app, for example 1.")
    .int("must be a whole number.")
    .min(0, "must be 0 or more.")
    .max(10, "must be 10 or less.")
    .default(0),
  HSTS_SUBDOMAINS: z
    .enum(["0", "1"], "is 1 to keep browsers on https for all subdomains too, or 0.")
    .default("0"),
  SECURITY_CONTACT: z
    .string()
    .trim()
    .transform((contact) => (/^[^:/\s]+@[^:/\s]+$/.test(contact) ? `mailto:${contact}` : contact))
    .pipe(
      z
        .string()
        .regex(
          /^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+|tel:\+?[\d-]+)$/,
          "must be an email address, or an address that starts with https:// or tel:.",
        ),
    )
    .optional(),
  METRICS_TOKEN: z.string().min(16, "is shorter than 16 characters.").optional(),
  HOLD_SECONDS: z.coerce
    .number("must be a number of seconds, for example 10.")
    .int("must be a whole number of seconds.")
    .min(0, "must be 0 or more.")
    .max(3600, "must be 3600 or less.")
    .default(10),
  DEFAULT_COUNTRY: z
    .string()
    .refine(isSupportedCountry, "must be a two-letter country code in capitals, for example RU.")
    .default("RU"),
});

export type Env = ReturnType<typeof parseEnv>;

/** Throws `settings` with one sentence for each missing or malformed setting. Values are never repeated. */
export function parseEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = settings.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")} ${issue.message}`),
    ...missingPartners(given),
    ...unknownSettings(given),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new AppError("settings", { detail: problems, message: problems.join("\n") });
  }

  const env = parsed.data;
  const hasPasswords = arePasswordsOn(source);
  return {
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    kommo: {
      /** Undefined without a token, because an admin may have stored one. */
      connection: env.KOMMO_API_TOKEN
        ? {
            baseUrl: env.KOMMO_BASE_URL ?? `https://${env.KOMMO_SUBDOMAIN}.kommo.com`,
            token: env.KOMMO_API_TOKEN,
          }
        : undefined,
      /** The account that an admin is to connect by OAuth. */
      address:
        env.KOMMO_CLIENT_ID && (env.KOMMO_BASE_URL || env.KOMMO_SUBDOMAIN)
          ? (env.KOMMO_BASE_URL ?? `https://${env.KOMMO_SUBDOMAIN}.kommo.com`)
          : undefined,
      /** The integration that the settings name: an admin only has to allow it. */
      integration:
        env.KOMMO_CLIENT_ID && env.KOMMO_CLIENT_SECRET
          ? {
              clientId: env.KOMMO_CLIENT_ID,
              clientSecret: env.KOMMO_CLIENT_SECRET,
              redirectUri: env.KOMMO_REDIRECT_URI ?? `${new URL(env.NEXTAUTH_URL).origin}${OAUTH_PATH}`,
            }
          : undefined,
      /** The practice Kommo that `npm start` runs. A stored connection takes precedence. */
      isOwnPractice: env.OWN_PRACTICE === "1",
      pipelineId: env.KOMMO_PIPELINE_ID,
      requestsPerSecond: env.KOMMO_REQUESTS_PER_SECOND,
      lateMs: env.KOMMO_LATE_SECONDS * 1000,
      /** Leads go to /leads/complex instead of the forms. */
      allowsComplex: env.KOMMO_ALLOW_COMPLEX === "1",
      fieldIds: Object.fromEntries(
        Object.entries(FIELD_ID_SETTINGS).map(([name, field]) => [
          field,
          env[name as keyof typeof FIELD_ID_SETTINGS],
        ]),
      ),
    },
    appUrl: new URL(env.NEXTAUTH_URL).origin,
    secret: env.NEXTAUTH_SECRET,
    /** Without a password when passwords are off. */
    admin: env.ADMIN_EMAIL
      ? { email: env.ADMIN_EMAIL, password: hasPasswords ? env.ADMIN_PASSWORD : undefined }
      : undefined,
    hasPasswords,
    oidc:
      env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET
        ? {
            issuer: env.OIDC_ISSUER,
            clientId: env.OIDC_CLIENT_ID,
            clientSecret: env.OIDC_CLIENT_SECRET,
            allowedDomain: env.OIDC_ALLOWED_DOMAIN,
            roles:
              env.OIDC_ROLE_CLAIM && env.OIDC_ROLE_ADMIN && env.OIDC_ROLE_HEAD
                ? { claim: env.OIDC_ROLE_CLAIM, admin: env.OIDC_ROLE_ADMIN, head: env.OIDC_ROLE_HEAD }
                : undefined,
          }
        : undefined,
    trustedProxies: env.TRUST_PROXY,
    isHstsForSubdomains: env.HSTS_SUBDOMAINS === "1",
    /** An address that says how it is reached: mailto:, https: or tel:. */
    securityContact: env.SECURITY_CONTACT,
    metricsToken: env.METRICS_TOKEN,
    holdMs: env.HOLD_SECONDS * 1000,
    defaultCountry: env.DEFAULT_COUNTRY,
  };
}

/** OIDC_ONLY=1 switches passwords off. Commands ask this too, whatever the other settings are. */
export function arePasswordsOn({ OIDC_ONLY }: Record<string, string | undefined> = process.env): boolean {
  return OIDC_ONLY !== "1";
}

let cached: Env | undefined;

export function getEnv(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** A Kommo on a loopback address is the practice one: nothing sent to it leaves this machine. */
export function isPractice(baseUrl: string): boolean {
  return isLoopback(baseUrl);
}

export function isLoopback(url: string): boolean {
  return LOOPBACK.includes(new URL(url).hostname);
}

function isJwt(token: string): boolean {
  try {
    const [header, payload] = JWT.exec(token)?.slice(1) ?? [];
    return [header, payload].every((part) => typeof JSON.parse(fromBase64Url(part ?? "")) === "object");
  } catch {
    return false;
  }
}

function fromBase64Url(part: string): string {
  return Buffer.from(part, "base64url").toString("utf8");
}

function isSafeBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(value));
}

function missingPartners(given: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  if (given.KOMMO_API_TOKEN && !given.KOMMO_SUBDOMAIN && !given.KOMMO_BASE_URL) {
    problems.push("KOMMO_SUBDOMAIN is missing: for https://intermigro.kommo.com, enter intermigro.");
  }
  if (Boolean(given.KOMMO_CLIENT_ID) !== Boolean(given.KOMMO_CLIENT_SECRET)) {
    problems.push("KOMMO_CLIENT_ID and KOMMO_CLIENT_SECRET belong together: set both or neither.");
  }
  if (given.KOMMO_REDIRECT_URI && !given.KOMMO_CLIENT_ID) {
    problems.push("KOMMO_REDIRECT_URI needs KOMMO_CLIENT_ID and KOMMO_CLIENT_SECRET.");
  }
  const isOidcOnly = given.OIDC_ONLY === "1";
  if (!isOidcOnly && Boolean(given.ADMIN_EMAIL) !== Boolean(given.ADMIN_PASSWORD)) {
    problems.push("ADMIN_EMAIL and ADMIN_PASSWORD belong together: set both or neither.");
  }
  if (isOidcOnly && !given.OIDC_ISSUER) {
    problems.push(
      "OIDC_ONLY leaves nobody a way in: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.",
    );
  }
  if (isOidcOnly && !given.ADMIN_EMAIL) {
    problems.push("OIDC_ONLY needs ADMIN_EMAIL: the email with which the first admin signs on.");
  }
  const roles = ["OIDC_ROLE_CLAIM", "OIDC_ROLE_ADMIN", "OIDC_ROLE_HEAD"].filter((name) => given[name]);
  if (roles.length % 3 !== 0) {
    problems.push(
      "OIDC_ROLE_CLAIM, OIDC_ROLE_ADMIN and OIDC_ROLE_HEAD belong together: set all three or none.",
    );
  }
  const oidc = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"].filter((name) => given[name]);
  if (oidc.length % 3 !== 0 || ((given.OIDC_ALLOWED_DOMAIN || roles.length > 0) && oidc.length === 0)) {
    problems.push(
      "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three or none.",
    );
  }
  return problems;
}

function unknownSettings(given: Record<string, string | undefined>): string[] {
  return Object.keys(given)
    .filter((name) => name.startsWith("KOMMO_") && !KOMMO_SETTINGS.includes(name))
    .map((name) => `${name} is not a Lead Desk setting: see .env.example for the list.`);
}
