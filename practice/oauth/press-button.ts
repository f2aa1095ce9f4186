import { toOwnBase } from "../api/oauth.ts";
import { issueCode } from "../state/grants.ts";
import { CLIENT_ID } from "../state/token.ts";
import type { World } from "../state/world.ts";
import { disable } from "./hook.ts";

/** What a button of these pages does; answers where it leads, or undefined for an unknown one. */
export async function pressButton(
  world: World,
  path: string,
  form: URLSearchParams,
): Promise<string | undefined> {
  const { grants, save } = world.store;
  if (path === "/oauth") {
    const to = toRedirect(world, form);
    await save();
    return to;
  }
  if (path === "/integration/code") issueCode(grants, world.now());
  else if (path === "/integration/disable") await disable(world);
  else if (path === "/integration/addresses") {
    grants.redirectUri = form.get("redirectUri") ?? "";
    grants.hookUrl = form.get("hookUrl") ?? "";
  } else return undefined;
  await save();
  return "/integration";
}

/** Back to the integration, with a code or with the refusal; `state` only if it was sent. docs/kommo-api.md §7.2 */
function toRedirect(world: World, form: URLSearchParams): string | undefined {
  const { grants } = world.store;
  if (form.get("client_id") !== CLIENT_ID || !URL.canParse(grants.redirectUri)) return undefined;
  const to = new URL(grants.redirectUri);
  const state = form.get("state");
  const answer =
    form.get("answer") === "allow"
      ? {
          code: issueCode(grants, world.now()),
          referer: new URL(toOwnBase(world)).host,
          client_id: CLIENT_ID,
          from_widget: "",
          platform: "2",
        }
      : { error: "access_denied" };
  for (const [name, value] of Object.entries(answer)) to.searchParams.set(name, value);
  if (state) to.searchParams.set("state", state);
  return to.href;
}
