/** `received` only after the desk has said that it is on its disk. */
export type Outcome = { kind: "received" } | { kind: "refused"; message: string } | { kind: "failed" };

// A slow phone may need long; after this a visitor would press again.
const LONGEST_MS = 30_000;

export async function send(action: string, pairs: [string, string][]): Promise<Outcome> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), LONGEST_MS);
  try {
    // Of this type a browser asks no leave first, which would cost a slow phone a second.
    const answer = await fetch(action, {
      method: "POST",
      body: new URLSearchParams(pairs),
      headers: { accept: "application/json" },
      signal: abort.signal,
    });
    if (answer.status === 202) return { kind: "received" };
    const { message } = await answer.json();
    return answer.status < 500 && typeof message === "string"
      ? { kind: "refused", message }
      : { kind: "failed" };
  } catch {
    return { kind: "failed" };
  } finally {
    clearTimeout(timer);
  }
}
