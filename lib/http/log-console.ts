type Level = "debug" | "info" | "warn" | "error";
export type Log = Record<Level, (facts: object, event: string) => void>;

/** What Next and next-auth write to the console, as lines of the log: their words without values. */
export function logConsole(log: Log, redact: (text: string) => string): void {
  for (const level of ["debug", "info", "log", "warn", "error"] as const) {
    console[level] = (...said: unknown[]) => {
      const err = said.find((part) => part instanceof Error);
      const words = said.filter((part) => typeof part === "string").join(" ");
      log[level === "log" ? "info" : level]({ err }, redact(words) || "console");
    };
  }
}
