/** A bug for the simulation to find: in the file, `from` becomes `to`. One for each rule of the delivery. */
type PlantedBug = { rule: string; file: string; from: string; to: string };

export const plantedBugs: readonly PlantedBug[] = [
  {
    rule: "An answer that does not settle leaves its leads unconfirmed",
    file: "lib/kommo/problem.ts",
    from: 'if (UNTAKEN.includes(status)) return new AppError("not_accepted");',
    to: 'if (UNTAKEN.includes(status) || status >= 500) return new AppError("not_accepted");',
  },
  {
    rule: "A request that a gateway held may still arrive for six minutes",
    file: "lib/delivery/decide.ts",
    from: 'suspect(origin === "application" ? APPLICATION_SETTLES_MS : lateMs, status !== 429)',
    to: "suspect(APPLICATION_SETTLES_MS, status !== 429)",
  },
  {
    rule: "What is absent too early is looked for again",
    file: "lib/delivery/decide.ts",
    from: "if (found === undefined || leftMs > 0 || mayBeShownYet) {",
    to: "if (found === undefined || mayBeShownYet) {",
  },
  {
    rule: "Only lists that were read after it could be say that a lead is absent",
    file: "lib/delivery/verify/verify.ts",
    from: "const times = { now: now(), uptime: began };",
    to: "const times = { now: now(), uptime: duty.uptime() };",
  },
  {
    rule: "The others of a rejected batch are looked for before they go again",
    file: "lib/delivery/decide.ts",
    from: "if (errors.length === 0) return suspect(APPLICATION_SETTLES_MS, false);",
    to: 'if (errors.length === 0) return { move: "requeue", problem: null, dueAt: now };',
  },
  {
    rule: "With a reference nobody is asked",
    file: "lib/delivery/verify/verify.ts",
    from: "if (fieldIds.size > 0 && missing.length > 0) {",
    to: "if (fieldIds.size > 9 && missing.length > 0) {",
  },
  {
    rule: "Without a reference nothing is absent while a lead of its time is nobody's",
    file: "lib/delivery/verify/match.ts",
    from: '(hasTimeOf(lead, unexplained) ? "unsure" : undefined)',
    to: '(hasTimeOf(lead, []) ? "unsure" : undefined)',
  },
  {
    rule: "Kommo's times are compared by its own clock",
    file: "lib/delivery/verify/verify.ts",
    from: "const skews = [aheadMs, ...known]",
    to: "const skews = [0]",
  },
  {
    rule: "How Kommo's clock stood when a lead was sent is still known after a stop",
    file: "lib/delivery/verify/verify.ts",
    from: "const skews = [aheadMs, ...known]",
    to: "const skews = [aheadMs]",
  },
  {
    rule: "A second copy is flagged",
    file: "lib/delivery/verify/watch.ts",
    from: "withdrawn.has(id) || (known.get(id) ?? leadId) !== leadId",
    to: "withdrawn.has(id) && (known.get(id) ?? leadId) !== leadId",
  },
  {
    rule: "A sender that wakes after its lease, long after it marked its leads, sends nothing",
    file: "lib/delivery/send.ts",
    from: "mayLeave: () => mayLeave() && uptime() - startedAt < LEAVES_WITHIN_MS",
    to: "mayLeave: () => true",
  },
  {
    rule: "A take-over makes what was on its way unconfirmed",
    file: "lib/worker/lease.ts",
    from: "if (isNew) await sweepOtherEpochs(epoch, tx, clock, uptimeMs + lateMs);",
    to: "",
  },
  {
    rule: "A lead that has left cannot be withdrawn",
    file: "lib/leads/mutations.ts",
    from: 'if (state !== "held") throw new AppError("already_left");\n\n    await moveLeads("withdraw", {}, tx).where("id", "=", id).execute();',
    to: 'await tx.updateTable("leads").set({ state: "withdrawn" }).where("id", "=", id).execute();',
  },
  {
    rule: "A lead whose contact Kommo refuses goes again as a new one",
    file: "lib/delivery/decide.ts",
    from: "if (ofContact.length > 0 || isOfRecipient)",
    to: "if (isOfRecipient)",
  },
  {
    rule: "A batch without an answer goes again in halves",
    file: "lib/delivery/decide.ts",
    from: "decision.isHalved ? toHalf(size) : undefined;",
    to: "decision.isHalved && size === 0 ? toHalf(size) : undefined;",
  },
];
