import { readSources, type Source } from "./sources.ts";

const MOST_FILES = 20;
/** Folders that may hold more files than the limit, each with its reason. */
const LARGE_FOLDERS: Record<string, string> = {
  "components/ui": "one small control a file, each known by its name",
  "lib/db/migrations": "one change of the database a file, numbered as they run",
};
/** The rooms of `lib` that deliver, from the lowest floor up: none imports a room above it. */
const FLOORS: readonly (readonly string[])[] = [
  ["domain", "db", "kommo"],
  ["connection", "published-mapping", "leads", "queue", "rate-limit", "known-clients", "duplicates"],
  ["account", "mapping", "delivery"],
  ["worker"],
];
/** The only file that may change the state of a lead. */
const STATE_WRITER = "lib/leads/transitions.ts";

export function checkHouse(sources: Source[] = readSources()): string[] {
  return [
    ...listCycles(sources),
    ...listUpwardImports(sources),
    ...listSharedNames(sources),
    ...listLargeFolders(sources),
    ...listStateWriters(sources),
    ...listUsedActions(sources),
  ];
}

/**
 * In each folder its files and subfolders import one another in one direction only, a subfolder with all that is in it
 * being one of them. An `actions.ts` stands for itself: it is the browser's way in and not a part that others use.
 */
export function listCycles(sources: Source[]): string[] {
  const arrows = sources.flatMap(({ path, imports }) => imports.map((target) => toArrow(path, target)));
  const byFolder = Map.groupBy(arrows, ({ folder }) => folder);
  return [...byFolder].flatMap(([folder, inside]) =>
    findCycle(inside).map((cycle) => `cycle in ${folder || "the root"}: ${cycle.join(" → ")}`),
  );
}

type Arrow = { folder: string; from: string; to: string };

/** The two entries of the innermost common folder that an import joins. */
function toArrow(path: string, target: string): Arrow {
  const [one, other] = [toParts(path), toParts(target)];
  let depth = 0;
  while (one[depth] === other[depth]) depth++;
  return { folder: one.slice(0, depth).join("/"), from: one[depth] ?? "", to: other[depth] ?? "" };
}

/** An `actions.ts` lies beside its folder and not in it. */
function toParts(path: string): string[] {
  const parts = path.split("/");
  return parts.at(-1) === "actions.ts" ? [...parts.slice(0, -2), parts.slice(-2).join("/")] : parts;
}

function findCycle(arrows: Arrow[]): string[][] {
  const targets = Map.groupBy(arrows, ({ from }) => from);
  const done = new Set<string>();
  const walk = (node: string, way: string[]): string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const { to } of targets.get(node) ?? []) {
      const cycle = walk(to, [...way, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of targets.keys()) {
    const cycle = walk(node, []);
    if (cycle) return [cycle];
  }
  return [];
}

/** Which floor a file of `lib` is on; undefined for a room that takes no part in the delivery. */
function toFloor(path: string): number | undefined {
  const room = /^lib\/([\w-]+)\//.exec(path)?.[1] ?? "";
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room));
  return floor < 0 ? undefined : floor;
}

export function listUpwardImports(sources: Source[]): string[] {
  return sources.flatMap(({ path, imports }) => {
    const floor = toFloor(path);
    return imports
      .filter((target) => floor !== undefined && (toFloor(target) ?? 0) > floor)
      .map((target) => `${path} imports ${target}, which is above it`);
  });
}

const EXPORT = /^export (?:async )?(?:function\*?|const|class|type) (\w+)/gm;

/** A name means one thing in the whole of `lib`. An action may be called as the function that it wraps. */
export function listSharedNames(sources: Source[]): string[] {
  const exported = sources
    .filter(({ path }) => /^lib\/(?!db\/migrations\/)/.test(path) && !path.endsWith("/actions.ts"))
    .flatMap(({ path, text }) => [...text.matchAll(EXPORT)].map(([, name = ""]) => ({ name, path })));
  const byName = Map.groupBy(exported, ({ name }) => name);
  return [...byName]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name} is exported by ${places.map(({ path }) => path).join(" and ")}`);
}

export function listLargeFolders(sources: Source[]): string[] {
  const byFolder = Map.groupBy(sources, ({ path }) => path.split("/").slice(0, -1).join("/"));
  return [...byFolder]
    .filter(([folder, files]) => files.length > MOST_FILES && !(folder in LARGE_FOLDERS))
    .map(([folder, files]) => `${folder} holds ${files.length} files: are these two rooms?`);
}

const LEADS_CHANGE = /(?:updateTable\("leads"\)|insertInto\("leads"\))[\s\S]*?\.execute/g;
const SQL_CHANGE = /update leads set[\s\S]*?`/g;
const SETS_STATE = /\bstate\s*(?::|=|,|\})/;

/** One writer for each fact: whoever else sets the state of a lead would go round the table of transitions. */
export function listStateWriters(sources: Source[]): string[] {
  return sources
    .filter(
      ({ path }) =>
        path.startsWith("lib/") && path !== STATE_WRITER && !path.startsWith("lib/db/migrations/"),
    )
    .filter(({ text }) => {
      const changes = [...text.matchAll(LEADS_CHANGE), ...text.matchAll(SQL_CHANGE)].map(
        ([change]) => change,
      );
      return changes.some((change) => SETS_STATE.test(change.replaceAll(/\.where\([^\n]*/g, "")));
    })
    .map(({ path }) => `${path} sets the state of a lead: only ${STATE_WRITER} does`);
}

/** Actions are called by the browser; code of `lib` calls the function behind them. */
export function listUsedActions(sources: Source[]): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter((target) => path.startsWith("lib/") && target.endsWith("/actions.ts"))
      .map((target) => `${path} imports ${target}: call what the action calls`),
  );
}
