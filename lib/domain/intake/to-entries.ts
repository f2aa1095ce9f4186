/** A field as its form names it, with brackets and dots: `fields[phone][value]`. */
export type Entry = { name: string; value: string };

type Node = { [key: string]: unknown };

const DEEPEST = 12;
// A name that stands before thousands of values would make megabytes of a small body. Longer than any that is understood.
const LONGEST_PART = 201;
const LONGEST_NAME = 300;
/** What form builders call a field beside its value, the likeliest first. */
const NAMES = ["column_id", "name", "key", "field", "slug", "label", "title", "column_name", "id"];
const VALUES = ["value", "string_value", "answer", "text"];
const DESCRIPTIONS = new Set([...NAMES, "type", "required", "raw_value", "placeholder", "order", "options"]);

/** Every value of a JSON body under its path. Undefined for a body that is no object, or is nested deeper than any form. */
export function toEntries(body: unknown): Entry[] | undefined {
  if (!isNode(body)) return undefined;
  const entries: Entry[] = [];
  return collect(body, [], entries) ? entries : undefined;
}

/** The pairs of a form: names with brackets and dots are paths, a repeated name is a list. */
export function pairsToEntries(pairs: readonly (readonly [string, string])[]): Entry[] | undefined {
  const root = toBareNode();
  const displaced: Entry[] = [];
  for (const [name, value] of pairs) if (!put(root, toPath(name), value, displaced)) return undefined;
  const entries = toEntries(root);
  return entries && [...displaced, ...entries];
}

function toPath(name: string): string[] {
  const parts = name.split(/[[\]]+/).filter((part) => part !== "");
  return parts.length === 0 ? [name] : parts;
}

/** A name that is both a value and the start of a path: the value is displaced, and keeps its name. */
function put(root: Node, path: string[], value: string, displaced: Entry[]): boolean {
  if (path.length > DEEPEST) return false;
  let node = root;
  for (const [at, part] of path.slice(0, -1).entries()) {
    const inner = node[part];
    const next = isNode(inner) ? inner : toBareNode();
    if (inner !== undefined && !isNode(inner)) collect(inner, path.slice(0, at + 1).map(toPart), displaced);
    node[part] = next;
    node = next;
  }
  const last = path.at(-1) ?? "";
  const before = node[last];
  if (before === undefined) node[last] = value;
  else if (Array.isArray(before)) before.push(value);
  else if (typeof before === "string") node[last] = [before, value];
  else collect(value, path.map(toPart), displaced);
  return true;
}

function collect(value: unknown, path: string[], entries: Entry[]): boolean {
  if (path.length > DEEPEST) return false;
  if (Array.isArray(value)) return collectList(value, path, entries);
  if (!isNode(value)) {
    const text = toText(value);
    if (text !== "") entries.push({ name: path.join(".").slice(0, LONGEST_NAME), value: text });
    return true;
  }
  // `phone: { title, type, value }`: the value is the field, the others describe it.
  const described = path.length > 0 ? findDescribed(value, ["value", "string_value"]) : undefined;
  if (described !== undefined) return collect(value[described], path, entries);
  return Object.entries(value).every(([key, inner]) => collect(inner, [...path, toPart(key)], entries));
}

/** Which of its fields is the value of which all others are the description. */
function findDescribed(node: Node, values: string[]): string | undefined {
  const found = values.find((name) => Object.hasOwn(node, name));
  const isWhole = Object.keys(node).every((key) => key === found || DESCRIPTIONS.has(key));
  return isWhole ? found : undefined;
}

function collectList(list: unknown[], path: string[], entries: Entry[]): boolean {
  if (list.every((item) => !isNode(item) && !Array.isArray(item)))
    return collect(list.map(toText).filter(Boolean).join(", "), path, entries);
  return list.every((item, index) => {
    const named = isNode(item) ? findOwn(item, NAMES) : undefined;
    const valued = isNode(item) ? findDescribed(item, VALUES) : undefined;
    if (!isNode(item) || named === undefined || valued === undefined)
      return collect(item, [...path, String(index)], entries);
    return collect(item[valued], [...path, toPart(toText(item[named]))], entries);
  });
}

function toPart(name: string): string {
  return name.slice(0, LONGEST_PART);
}

function findOwn(node: Node, names: string[]): string | undefined {
  return names.find((name) => Object.hasOwn(node, name) && toText(node[name]) !== "");
}

function toText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value).trim()
    : "";
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Without a prototype, so that a field called `__proto__` is a field. */
function toBareNode(): Node {
  return Object.create(null);
}
