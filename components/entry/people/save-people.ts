import { isSame } from "@/components/entry/sent-lead";
import type { Person } from "@/components/entry/typed-lead";
import type { SendProblem } from "@/components/lead/send-lead";

/** Problems of one person by field; `lead` is of the whole. */
export type PersonProblems = Record<string, string>;
/** Undefined once it is saved; a problem that is not this person's stops all. */
type Outcome = PersonProblems | SendProblem | undefined;

type Rows = {
  /** As they stand at this moment. */
  list: () => readonly Person[];
  remove: (id: string) => void;
  send: (person: Person) => Promise<Outcome>;
  onProgress: (at: number, total: number) => void;
};

export type SavedPeople = {
  count: number;
  problems: Record<string, PersonProblems>;
  problem: SendProblem | undefined;
};

/**
 * One after the other, each in the words that its row has when its turn comes: a row that is gone by then is not sent.
 * One that was changed while it was on its way stays, and goes again as the same lead with the next press.
 */
export async function savePeople({ list, remove, send, onProgress }: Rows): Promise<SavedPeople> {
  const saved: SavedPeople = { count: 0, problems: {}, problem: undefined };
  const find = (id: string) => list().find((person) => person.id === id);
  const ids = list().map(({ id }) => id);
  for (const [index, id] of ids.entries()) {
    const person = find(id);
    if (!person) continue;
    onProgress(index + 1, ids.length);
    const wrong = await send(person);
    if (typeof wrong === "string") return { ...saved, problem: wrong };
    if (wrong) saved.problems[id] = wrong;
    else {
      saved.count += 1;
      if (isSame(find(id), person)) remove(id);
    }
  }
  return saved;
}
