const START = "00000000-";

/** A test lead's id: a reference in Kommo tells by its start that it is none of a real lead, whichever desk has sent it. */
export function toTestId(id: string): string {
  return START + id.slice(START.length);
}

export function isTestId(id: string): boolean {
  return id.startsWith(START);
}
