const WAIT_MS = 15_000;

export type Answer<T> = { ok: true; value: T } | { ok: false; code: string; fields?: Record<string, string> };

/** Never throws: an action without network, or from before a deployment, fails as a code too. */
export async function act<T>(run: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await Promise.race([run(), wait()]);
  } catch (error) {
    // A fetch without a connection throws a TypeError.
    return { ok: false, code: error instanceof TypeError ? "offline" : "failed" };
  }
}

function wait(): Promise<{ ok: false; code: string }> {
  return new Promise((resolve) => setTimeout(resolve, WAIT_MS, { ok: false, code: "no_answer" }));
}
