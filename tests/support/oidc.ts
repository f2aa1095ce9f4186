import { once } from "node:events";
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { findFreePort } from "./desk";

export const OIDC_CLIENT = { OIDC_CLIENT_ID: "lead-desk", OIDC_CLIENT_SECRET: "a secret of the client" };

/**
 * A real OpenID Connect provider on a loopback address. It signs in anybody whose e-mail is typed as the
 * login.
 */
export async function startOidc(deskUrl: string, isVerified: (email: string) => boolean) {
  const port = await findFreePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.OIDC_CLIENT_ID,
        client_secret: OIDC_CLIENT.OIDC_CLIENT_SECRET,
        redirect_uris: [`${deskUrl}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a key of the test"] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, email: sub, email_verified: isVerified(sub), name: `Имя ${sub}` }),
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
