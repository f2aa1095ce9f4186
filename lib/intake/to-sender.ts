import "server-only";
import { createHash } from "node:crypto";
import type { Entry } from "@/lib/domain/intake/to-entries";

/** Who sent it, by what only they send. */
export type Sender = "tilda" | "google" | "generic";

export type Sent = {
  sender: Sender;
  isTest: boolean;
  /** The secret that Google's lead forms have in the body. */
  googleKey: string | undefined;
  /** The sender's own id of this lead. A field `id` is none, as many forms have a fixed one. */
  ownId: string | undefined;
  /** What the visitor's page was asked with, if the sender tells it in a field of its own. */
  utm: Entry[];
};

const LONGEST_ID = 255;
// Of browsers and of our own page: they differ each time the same is sent.
const OWN_FIELDS: readonly string[] = ["_time", "_trap", "_gotcha", "_next", "_form", "altcha"];
const TILDA_COOKIE = /TILDAUTM=([^;]{1,2000})/;

export function toSender(entries: readonly Entry[]): Sent {
  const find = (name: string) => entries.find((entry) => entry.name.toLowerCase() === name)?.value;
  const googleKey = find("google_key");
  const tranid = find("tranid");
  const isTilda = tranid !== undefined || (find("test") === "test" && entries.length <= 3);
  const sender = googleKey !== undefined ? "google" : isTilda ? "tilda" : "generic";
  const ownId = tranid ?? find("lead_id");
  return {
    sender,
    googleKey,
    isTest: find("test") === "test" || (sender === "google" && find("is_test") === "true"),
    ownId: ownId !== undefined && ownId.length <= LONGEST_ID ? ownId : undefined,
    utm: toUtm(find("cookies")),
  };
}

/** Tilda sends its cookies as one field: the UTM values of the first visit are in one of them. */
function toUtm(cookies = ""): Entry[] {
  const found = TILDA_COOKIE.exec(cookies)?.[1];
  if (found === undefined) return [];
  const text = decode(found);
  return text.split("|||").flatMap((pair) => {
    const [name = "", value = ""] = pair.split("=");
    return /^utm_\w+$/.test(name) && value !== "" ? [{ name, value }] : [];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Under what it is recognised when it comes again, and what it says. `leadId`: where the same always makes the same lead. */
export type Identity = {
  keyHash: string;
  bodyHash: string;
  leadId: string | undefined;
  /** It has no id, and is recognised as the same press only. */
  isPress: boolean;
};

/**
 * By the key of the header, else by the sender's own id, else by the body itself, which for a short while is the same press;
 * a page of ours that is sent again after its answer was lost has the token of its first showing still.
 * The same id and body make the same lead for ever. Who has not proved itself by a secret key cannot reserve an id: its ids
 * count together with the body, and apart from those of proven senders.
 */
export function toIdentity(
  formId: string,
  { ownId, isProven }: { ownId: string | undefined; isProven: boolean },
  header: string | undefined,
  entries: readonly Entry[],
): Identity {
  const said = entries.filter(({ name }) => !OWN_FIELDS.includes(name));
  const bodyHash = toHash("body", JSON.stringify(said));
  const id = header !== undefined ? `header ${header}` : ownId === undefined ? undefined : `id ${ownId}`;
  const key = isProven && id !== undefined ? `proven ${id}` : `${id ?? "press"} ${bodyHash}`;
  const keyHash = toHash("key", key);
  const shown = entries.find(({ name }) => name === "_time")?.value;
  const name = id === undefined ? shown && toHash("shown", shown) : keyHash;
  const leadId = name === undefined ? undefined : toUuid(`${formId} ${name} ${bodyHash}`);
  return { keyHash, bodyHash, leadId, isPress: id === undefined };
}

function toHash(kind: string, text: string): string {
  return createHash("sha256").update(`${kind} ${text}`).digest("base64url");
}

function toUuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
