import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { plantedBugs } from "./planted";

const root = new URL("../../", import.meta.url);
const bug = plantedBugs[Number(process.argv[process.argv.indexOf("--planted") + 1])];
if (!bug) throw new Error("--planted takes the index of a bug");

/** Puts the bug into its file while that is loaded; nothing is written. */
registerHooks({
  load(url, context, next) {
    if (url !== new URL(bug.file, root).href) return next(url, context);
    const source = readFileSync(fileURLToPath(url), "utf8");
    if (source.split(bug.from).length !== 2) throw new Error(`${bug.file} does not hold "${bug.from}" once`);
    const planted = source.replace(bug.from, () => bug.to);
    return { format: "module", source: stripTypeScriptTypes(planted), shortCircuit: true };
  },
});
