const ANNA = 12310001;
const ILYA = 12310002;
const BORIS = 12310005;

/** The share of each user of the practice account, in percent. */
export const SHARES = new Map([
  [ANNA, 50],
  [ILYA, 30],
  [BORIS, 20],
]);

/** Published rules: every lead goes to a pool of three by percent. */
export const POOL_RULES = JSON.stringify({
  rules: [{ id: "rule", name: "Everyone", when: {}, to: { kind: "pool", poolId: "pool" } }],
  pools: [
    {
      ...{ id: "pool", name: "Sales", way: "shares" },
      members: [...SHARES].map(([userId, share]) => ({ userId, share })),
    },
  ],
  people: [],
});
