import "../aliases.mjs";
import { loadSettingsOfApp } from "../load-settings.ts";
import { openTerminal } from "./terminal.ts";

// Imported after the aliases, which the files of lib/ need.
const { runAuditExport } = await import("./audit-export-command.ts");

loadSettingsOfApp();
process.exitCode = await runAuditExport(openTerminal());
