const ODD = [null, undefined, true, 0, -1, 1e300, "", "x", [], {}, [[]], { id: null }, "5".repeat(1000)];

/** The record with one value anywhere in it replaced, or one key gone. */
export function mutate(record: object, random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const copy: unknown = structuredClone(record);
  let spot = copy;
  for (;;) {
    if (typeof spot !== "object" || spot === null) return pick(ODD);
    const key = pick(Object.keys(spot));
    if (key === undefined) return copy;
    const inner: unknown = Reflect.get(spot, key);
    if (typeof inner === "object" && inner !== null && random() < 0.5) spot = inner;
    else if (random() < 0.2) return Reflect.deleteProperty(spot, key) && copy;
    else return Reflect.set(spot, key, pick(ODD)) && copy;
  }
}
