import "../aliases.mjs";
import { openTerminal } from "./terminal.ts";

// Imported after the aliases, which the files of lib/ need.
const { openOwnDatabase } = await import("./run-command.ts");
const { runIntake } = await import("./intake-command.ts");

process.exitCode = await runIntake(openOwnDatabase(), openTerminal());
