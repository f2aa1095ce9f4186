import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getEnv } from "@/lib/env";
import { stubSettings } from "@/tests/support/settings";
import { generateHistory } from "./history";
import { type Desk, openDesk, runHistory } from "./run-history";
import { tellShortest } from "./shrink";

const AT_ONCE = 100;
const TIMEOUT_MS = 300_000;

/**
 * Declares tests of so many histories from a seed on; what fails is told at its shortest. `allowsComplex`: leads go by
 * /leads/complex.
 */
export function simulate(first: number, count: number, hasReference: boolean, allowsComplex = false): void {
  let desk: Desk;
  beforeAll(async () => {
    stubSettings("https://model.test");
    Object.assign(getEnv().kommo, { allowsComplex });
    desk = await openDesk(hasReference);
  });
  afterAll(async () => {
    await desk.db.destroy();
    vi.unstubAllEnvs();
  });
  const starts = Array.from({ length: count / AT_ONCE }, (_, index) => first + index * AT_ONCE);

  test.each(starts)(
    `${AT_ONCE} histories from seed %i lose, double and strand nothing`,
    {
      timeout: TIMEOUT_MS,
    },
    async (start) => {
      for (let seed = start; seed < start + AT_ONCE; seed++) {
        const history = generateHistory(seed, hasReference);
        const { violations } = await runHistory(history, desk);
        if (violations.length > 0) expect.fail(await tellShortest(history, desk));
      }
    },
  );
}
