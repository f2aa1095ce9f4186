import { writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

// Loaded into the desk before its own code. A signal begins the measurement, the next one ends it and writes it down.
const delay = monitorEventLoopDelay({ resolution: 10 });
process.once("SIGUSR2", () => {
  delay.enable();
  process.once("SIGUSR2", () => writeFileSync(String(process.env.STALLS_FILE), String(delay.max / 1e6)));
});
