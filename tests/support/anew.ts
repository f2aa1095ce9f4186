import { vi } from "vitest";

// As a file finds them in a process of its own: modules, settings, clocks, and what the app keeps beside its modules.
vi.resetModules();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
vi.useRealTimers();
for (const name of Object.keys(globalThis)) {
  if (name.startsWith("leadDesk")) Reflect.deleteProperty(globalThis, name);
}
