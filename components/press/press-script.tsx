import { headers } from "next/headers";
import { hearPresses } from "./hear-presses";

const NONCE = /'nonce-([^']+)'/;

/** In the page itself, before what it loads. */
export async function PressScript() {
  const policy = (await headers()).get("content-security-policy");
  return <script nonce={policy?.match(NONCE)?.[1]}>{`(${hearPresses})()`}</script>;
}
