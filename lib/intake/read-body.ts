import "server-only";
import { type Entry, pairsToEntries, toEntries } from "@/lib/domain/intake/to-entries";
import { MOST_BYTES_SENT } from "./constants";

export type ReadBody = { entries: Entry[] } | { problem: "wrong_type" | "unreadable" | "has_file" };

const URLENCODED = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";
const ESCAPED = /%[0-9a-f]{2}/gi;

/** Undefined as soon as there is more than anybody may send; nothing more is read then. */
export async function readLimited(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES_SENT) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > MOST_BYTES_SENT) return undefined;
    parts.push(part);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

/** What a body says, whatever it is sent as. Never throws. */
export async function readBody(type: string, bytes: Uint8Array<ArrayBuffer>): Promise<ReadBody> {
  const [kind = "", ...parameters] = type
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const decoder = toDecoder(parameters);
  if (!decoder) return { problem: "wrong_type" };
  try {
    if (kind === MULTIPART) return await readMultipart(type, bytes, decoder);
    if (kind === URLENCODED) return finish(pairsToEntries(readPairs(bytes, decoder)));
    if (kind === "application/json" || kind === "text/plain" || kind.endsWith("+json"))
      return finish(toEntries(JSON.parse(decoder.decode(bytes))));
    return { problem: "wrong_type" };
  } catch {
    return { problem: "unreadable" };
  }
}

function finish(entries: Entry[] | undefined): ReadBody {
  return entries ? { entries } : { problem: "unreadable" };
}

/** Undefined for a charset that nobody knows. */
function toDecoder(parameters: string[]): TextDecoder | undefined {
  const charset = parameters.find((part) => part.startsWith("charset="))?.slice("charset=".length);
  try {
    return new TextDecoder(charset?.replaceAll('"', "") || "utf-8", { fatal: true });
  } catch {
    return undefined;
  }
}

/** The bytes behind the escapes are in the declared charset, which `URLSearchParams` does not know of. */
function readPairs(bytes: Uint8Array, decoder: TextDecoder): [string, string][] {
  const text = Buffer.from(bytes).toString("latin1");
  const decode = (part: string) => {
    const plain = part
      .replaceAll("+", " ")
      .replaceAll(ESCAPED, (hex) => String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
    return decoder.decode(Buffer.from(plain, "latin1"));
  };
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return at < 0 ? [decode(pair), ""] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
}

/** A file field that was left empty is no file. The runtime takes every text for UTF-8 and replaces what is not. */
async function readMultipart(
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
  decoder: TextDecoder,
): Promise<ReadBody> {
  const { pairs, hasFile } = await readParts(type, bytes);
  if (hasFile) return { problem: "has_file" };
  const text = decoder.decode(bytes);
  if (decoder.encoding === "utf-8") return finish(pairsToEntries(pairs));
  return finish(pairsToEntries((await readParts(type, new TextEncoder().encode(text))).pairs));
}

async function readParts(type: string, bytes: Uint8Array<ArrayBuffer>) {
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const pairs: [string, string][] = [];
  let hasFile = false;
  for (const [name, value] of form) {
    if (typeof value === "string") pairs.push([name, value]);
    else hasFile ||= value.size > 0;
  }
  return { pairs, hasFile };
}
