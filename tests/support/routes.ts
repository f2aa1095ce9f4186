import { readFileSync } from "node:fs";
import { z } from "zod";

const routesSchema = z.record(z.string(), z.string());
const actionsSchema = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string().optional() })),
});

/** Every page and route handler of the build, named as in the code. */
export function listRoutes(): string[] {
  return Object.values(routesSchema.parse(readJson(".next/app-path-routes-manifest.json")));
}

/** The id of every server action of the build, by its name. */
export function listActions(): Map<string, string> {
  const { node } = actionsSchema.parse(readJson(".next/server/server-reference-manifest.json"));
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName ?? id, id]));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
