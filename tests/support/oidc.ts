import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import Provider, { type JWK } from "oidc-provider";
import { findFreePort } from "./desk";

export const OIDC_CLIENT = { OIDC_CLIENT_ID: "lead-desk", OIDC_CLIENT_SECRET: "a secret of the client" };

type Manner = {
  /** What it says of the person whose login was typed; `use` is `id_token` or `userinfo`. */
  toClaims: (login: string, use: string) => { [claim: string]: unknown };
  /** In the ID token alone, in `userinfo` alone, or in both. */
  saidIn?: "token" | "userinfo" | "both";
  alg?: "RS256" | "ES256" | "EdDSA";
};

const SCOPES = {
  openid: ["sub"],
  email: ["email", "email_verified", "xms_edov"],
  profile: ["name", "groups"],
};

/** A real OpenID Connect provider on a loopback address. It signs in anybody: the login is the subject. */
export async function startOidc(
  deskUrl: string,
  { toClaims, saidIn = "userinfo", alg = "RS256" }: Manner,
): Promise<{ issuer: string; close(): void }> {
  const port = await findFreePort();
  const issuer = `http://127.0.0.1:${port}`;
  const isSaid = (use: string) => saidIn === "both" || (use === "id_token") === (saidIn === "token");
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.OIDC_CLIENT_ID,
        client_secret: OIDC_CLIENT.OIDC_CLIENT_SECRET,
        redirect_uris: [`${deskUrl}/api/auth/callback/oidc`],
        id_token_signed_response_alg: alg,
      },
    ],
    claims: SCOPES,
    conformIdTokenClaims: false,
    cookies: { keys: ["a key of the test"] },
    jwks: { keys: [makeKey(alg)] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: async (use) => ({ ...(isSaid(use) && toClaims(sub, use)), sub }),
    }),
  });
  const server = createServer(provider.callback()).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    issuer,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function makeKey(alg: NonNullable<Manner["alg"]>): JWK {
  const { privateKey } = {
    RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
    ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
    EdDSA: () => generateKeyPairSync("ed25519"),
  }[alg]();
  return privateKey.export({ format: "jwk" }) as JWK;
}

/** Goes the way of a browser from the address where sign-on starts. Returns the address that leads back to the desk. */
export async function walkSignOn(start: string, login: string, deskUrl: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next: { address: string; body?: URLSearchParams } = { address: start };
  for (let step = 0; step < 20; step++) {
    if (next.address.startsWith(deskUrl)) return next.address;
    const answer = await fetch(next.address, {
      method: next.body ? "POST" : "GET",
      body: next.body,
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
      cookies.set(name, value);
    }
    const html = await answer.text();
    const location = answer.headers.get("location");
    const [, action, prompt] = /action="([^"]+)"[\s\S]*name="prompt" value="(\w+)"/.exec(html) ?? [];
    if (location) next = { address: new URL(location, next.address).href };
    else if (action && prompt)
      next = { address: action, body: new URLSearchParams({ prompt, login, password: "anything" }) };
    else throw new Error(`The provider answered ${answer.status}: ${html.slice(0, 200)}`);
  }
  throw new Error("The provider leads nowhere");
}
