import { readFileSync } from "node:fs";
import { z } from "zod";

const routesSchema = z.record(z.string(), z.string());
const actionsSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ exportedName: z.string().optional(), workers: z.record(z.string(), z.unknown()) }),
  ),
});

/** Every page and route handler of the build, named as in the code. */
export function listRoutes(): string[] {
  return Object.values(routesSchema.parse(readJson(".next/app-path-routes-manifest.json")));
}

/** The id of every server action of the build, by its name. */
export function listActions(): Map<string, string> {
  return new Map(Object.entries(readActions()).map(([id, { exportedName }]) => [exportedName ?? id, id]));
}

/** The address of a page that offers the action of this id; a part that is free is filled with zeros. */
export function toPageOf(action: string): string {
  const [page = ""] = Object.keys(readActions()[action]?.workers ?? {});
  const parts = page.split("/").slice(1, -1);
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`.replaceAll(/\[.+?\]/g, "0");
}

function readActions() {
  return actionsSchema.parse(readJson(".next/server/server-reference-manifest.json")).node;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
