const OURS = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof OURS)[number];

const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * By `Accept-Encoding` (RFC 9110, 12.5.3): what is preferred, the smallest of several. Where a client takes nothing that we
 * have, and for what is no list of encodings, it is sent as it is.
 */
export function chooseEncoding(accepted: string | undefined): Encoding {
  const weights = new Map((accepted ?? "").toLowerCase().split(",").map(toWeight));
  const others = weights.get("*") ?? 0;
  const weigh = (encoding: Encoding) => weights.get(encoding) ?? (encoding === "identity" ? 0 : others);
  const [best = "identity", ...rest] = OURS.filter((encoding) => weigh(encoding) > 0);
  return rest.reduce((chosen, encoding) => (weigh(encoding) > weigh(chosen) ? encoding : chosen), best);
}

/** A weight that cannot be read refuses its encoding: it is safe to send less than could be. */
function toWeight(part: string): [string, number] {
  const [name = "", ...parameters] = part.split(";").map((text) => text.trim());
  const encoding = name === "x-gzip" ? "gzip" : name;
  if (parameters.length === 0) return [encoding, 1];
  return [encoding, Number(WEIGHT.exec(parameters.join(";"))?.[1] ?? 0)];
}
