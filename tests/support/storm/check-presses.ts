/** What a person asked of one lead, and what they were told. Times by one clock that only goes forward. */
export type Press = {
  leadId: string;
  act: "save" | "correct" | "withdraw" | "erase" | "look";
  /** The name as it was typed with it; empty where nothing was. */
  words: string;
  began: number;
  /** Infinity where no answer came: it may be applied at any later time, or never. */
  ended: number;
  /** `done`, or the code of a refusal; of a look the state it saw, or `absent`. Undefined where no answer came. */
  answer: string | undefined;
};

/** What stands in the end: the state in our database, if any, and the name of every copy in Kommo. */
export type Effect = { state: string | undefined; copies: string[] };

/** `sent`: the words that have left, each of which arrives once. */
type Lead = {
  at: "nowhere" | "undone" | "erased" | "held" | "withdrawn" | "left";
  words: string;
  sent: readonly string[];
};

/**
 * Judges the history of every lead: is there an order of its presses, each taking effect between its beginning and its answer,
 * with the lead leaving at some moment, that explains every answer and what stands in the end? Answers a description of each
 * history that has none.
 */
export function checkPresses(presses: readonly Press[], effectOf: (leadId: string) => Effect): string[] {
  return [...Map.groupBy(presses, ({ leadId }) => leadId)].flatMap(([leadId, own]) => {
    const effect = effectOf(leadId);
    return isExplained(own, effect) ? [] : [describe(leadId, own, effect)];
  });
}

function isExplained(presses: readonly Press[], effect: Effect): boolean {
  const seen = new Set<string>();
  const search = (lead: Lead, open: readonly Press[]): boolean => {
    const key = JSON.stringify([lead, open.map((press) => presses.indexOf(press))]);
    if (seen.has(key)) return false;
    seen.add(key);
    const isOver = open.every(({ answer }) => answer === undefined);
    if (isOver && isEffect(lead, effect)) return true;
    if (lead.at === "held" && search(leave(lead), open)) return true;
    const firstAnswer = Math.min(...open.map(({ ended }) => ended));
    return listNext(open).some((press) => {
      // Whatever was answered before it began has taken effect before it.
      if (press.began > firstAnswer) return false;
      const others = open.filter((other) => other !== press);
      return takeEffect(press, lead).some((next) => search(next, others));
    });
  };
  return search({ at: "nowhere", words: "", sent: [] }, presses);
}

/** Of equal presses without an answer the first is as good as any: else their orders would be too many to try. */
function listNext(open: readonly Press[]): readonly Press[] {
  const isEqual = (one: Press, other: Press) => one.act === other.act && one.words === other.words;
  return open.filter(
    (press, index) =>
      press.answer !== undefined ||
      open.findIndex((other) => other.answer === undefined && isEqual(other, press)) === index,
  );
}

function leave(lead: Lead): Lead {
  return { ...lead, at: "left", sent: [...lead.sent, lead.words] };
}

/** What the lead may be after a press that was answered so: nothing where that answer cannot be. */
function takeEffect({ act, words, answer }: Press, lead: Lead): Lead[] {
  const held: Lead = { ...lead, at: "held", words };
  const gone: Lead = { ...lead, at: "erased", words: "" };
  const told = (expected: string, next: Lead) => (answer === undefined || answer === expected ? [next] : []);
  const late = () => told(lead.words === words ? "done" : "already_left", lead);
  const isThere = toSeen(lead) !== "nowhere";
  switch (act) {
    case "save":
      // A repetition of what was erased saves nothing.
      if (lead.at === "erased") return told("done", lead);
      if (lead.at === "undone") return told("changed_meanwhile", lead);
      return lead.at === "nowhere" || lead.at === "held" ? told("done", held) : late();
    case "correct":
      if (!isThere) return told("not_found", lead);
      return lead.at === "left" ? late() : told("done", held);
    case "withdraw":
      if (lead.at === "erased") return told("already_left", lead);
      if (!isThere) return told("not_found", { ...lead, at: "undone" });
      return lead.at === "left" ? told("already_left", lead) : told("done", { ...lead, at: "withdrawn" });
    case "erase":
      if (!isThere) return told("not_found", lead);
      return [...told("done", gone), ...(lead.at === "left" ? told("being_sent", lead) : [])];
    case "look":
      if (answer === undefined || answer === "too_many_requests") return [lead];
      return toPlace(answer === "absent" ? undefined : answer) === toSeen(lead) ? [lead] : [];
  }
}

function toPlace(state: string | undefined): Lead["at"] {
  if (state === undefined) return "nowhere";
  return state === "held" || state === "withdrawn" ? state : "left";
}

function toSeen({ at }: Lead): Lead["at"] {
  return at === "erased" || at === "undone" ? "nowhere" : at;
}

function isEffect(lead: Lead, { state, copies }: Effect): boolean {
  const { sent } = lead;
  if (toSeen(lead) !== toPlace(state)) return false;
  const isOnce = copies.length === sent.length && copies.every((words) => sent.includes(words));
  if (isOnce) return true;
  // A person has to find out about it, or it was erased before that.
  const mayBeMissing = state === "needs_admin" || state === undefined;
  return mayBeMissing && copies.length < sent.length && copies.every((words) => sent.includes(words));
}

function describe(leadId: string, presses: readonly Press[], { state, copies }: Effect): string {
  const first = Math.min(...presses.map(({ began }) => began));
  const lines = presses.map(({ act, words, began, ended, answer = "no answer" }) => {
    const until = ended === Infinity ? "…" : Math.round(ended - first);
    return `${act} ${words && `"${words}" `}${Math.round(began - first)}–${until} ms: ${answer}`;
  });
  const end = `${state ?? "absent"}; in Kommo: ${copies.map((words) => `"${words}"`).join(", ") || "nothing"}`;
  return [`no order explains ${leadId}`, ...lines, end].join("\n  ");
}
