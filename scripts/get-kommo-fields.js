// Runs on the system's Node, as scripts/start.mjs does.
process.argv.splice(2, 0, "kommo-fields.ts");
await import("./run.mjs");
