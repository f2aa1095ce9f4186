type Level = "debug" | "info" | "warn" | "error";
export type Log = Record<Level, (facts: object, event: string) => void>;

/** Turns what Next and next-auth write to the console into lines of the log, without values. */
export function logConsole(log: Log, redact: (text: string) => string): void {
  for (const level of ["debug", "info", "log", "warn", "error"] as const) {
    console[level] = (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      const words = parts.filter((part) => typeof part === "string").join(" ");
      log[level === "log" ? "info" : level]({ err }, redact(words) || "console");
    };
  }
}
