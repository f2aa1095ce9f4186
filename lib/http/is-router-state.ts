import { z } from "zod";

// Node takes 16 KB of headers. Our deepest page is seven levels down, and Next reads a deep tree by recursion.
const MAX_LEVELS = 50;
const PARAMETER_KINDS = ["c", "oc", "d"].concat(
  ["c", "d"].flatMap((kind) => ["(..)(..)", "(.)", "(..)", "(...)"].map((up) => `${kind}i${up}`)),
);

const segmentSchema = z.union([
  z.string(),
  z.tuple([z.string(), z.string(), z.enum(PARAMETER_KINDS), z.array(z.string()).nullable()]),
]);
const nodeSchema = z.tuple([
  segmentSchema,
  z.record(z.string(), z.unknown()),
  z.tuple([z.string(), z.string()]).nullish(),
  z.enum(["refetch", "inside-shared-layout", "metadata-only"]).nullish(),
  z.number().nullish(),
  z.string().optional(),
]);

/** Whether a header describes a page as Next's router does; Next answers anything else with a 500. */
export function isRouterState(header: string): boolean {
  try {
    return isTree(JSON.parse(decodeURIComponent(header)));
  } catch {
    return false;
  }
}

function isTree(tree: unknown, level = 0): boolean {
  const node = nodeSchema.safeParse(tree);
  if (!node.success || level > MAX_LEVELS) return false;
  return Object.values(node.data[1]).every((below) => isTree(below, level + 1));
}
