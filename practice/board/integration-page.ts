import { SUBDOMAIN } from "../state/account.ts";
import { findLiveCode } from "../state/grants.ts";
import { CLIENT_ID, toClientSecret } from "../state/token.ts";
import type { World } from "../state/world.ts";
import { type Html, html } from "./html.ts";

/** Where Kommo asks an admin whether an integration may in, with two buttons. docs/kommo-api.md §7.2 */
export function authorisePage({ switches }: World, state: string): { title: string; main: Html } {
  return {
    title: "Allow access — Practice Kommo",
    main: html`<div class="story">
<h1>Lead Desk wants access to this account</h1>
<section class="panel" aria-labelledby="asked"><h2 id="asked">${SUBDOMAIN}</h2>
<p>The integration may use:</p>
<ul class="tags">${switches.scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
<form method="post" action="/oauth">
<input type="hidden" name="client_id" value="${CLIENT_ID}">
<input type="hidden" name="state" value="${state}">
<button class="primary" name="answer" value="allow">Allow</button>
<button name="answer" value="deny">Deny</button>
</form></section>
</div>`,
  };
}

/** What an admin of Kommo sees of the integration: keys, a code to copy, where it leads, and the switch. */
export function integrationPage(world: World): { title: string; main: Html } {
  const { grants, secret } = world.store;
  const code = findLiveCode(grants, world.now());
  return {
    title: "Integration — Practice Kommo",
    main: html`<div class="story">
<p><a id="back" href="/">Back to the board</a></p>
<h1>Lead Desk, a private integration</h1>
<p class="chip" id="integration-state">${grants.isDisabled ? "Disabled" : "Enabled"}</p>
<section class="panel" aria-labelledby="keys"><h2 id="keys">Keys and scopes</h2>
<dl class="rows">
<div><dt>Integration ID</dt><dd><code id="integration-id">${CLIENT_ID}</code></dd></div>
<div><dt>Secret key</dt><dd><code id="integration-secret">${toClientSecret(secret)}</code></dd></div>
<div><dt>Authorization code</dt><dd><code id="integration-code">${code ?? "None: press New code"}</code></dd></div>
</dl>
<form method="post"><button class="primary" formaction="/integration/code">New code</button></form></section>
<section class="panel" aria-labelledby="addresses"><h2 id="addresses">Addresses</h2>
<form class="fields" method="post" action="/integration/addresses">
<label>Redirect URI <input name="redirectUri" value="${grants.redirectUri}"></label>
<label>Asked when the integration is disabled <input name="hookUrl" value="${grants.hookUrl}"></label>
<button>Save</button>
</form></section>
<section class="panel" aria-labelledby="switch"><h2 id="switch">Access</h2>
<p>Disabling ends all its tokens at once.</p>
<form method="post"><button formaction="/integration/disable">Disable</button></form></section>
</div>`,
  };
}
