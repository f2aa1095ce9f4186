import { execFileSync } from "node:child_process";

const ADD = ["--disable-warning=ExperimentalWarning", "scripts/cli/intake.ts", "add", "--secret", "--name"];

/** A website form made in the terminal, for the desk of these settings. */
export function addFormInTerminal(settings: Record<string, string | undefined>, name = "Site") {
  const env = {
    NODE_ENV: "production" as const,
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...settings,
  };
  const said = execFileSync(process.execPath, [...ADD, name], { env, encoding: "utf8" });
  return { key: /^Key: (.+)$/m.exec(said)?.[1] ?? "", secret: /: (lds_\S+)$/m.exec(said)?.[1] ?? "" };
}
