import type { Catalogue, Pipeline } from "./catalogue";

/** The main pipeline if it takes incoming leads, else the first one that does. */
export function choosePipeline({ pipelines }: Pick<Catalogue, "pipelines">): Pipeline | undefined {
  const open = pipelines.filter(({ isArchived, takesIncoming }) => takesIncoming && !isArchived);
  const [first] = open.toSorted((one, other) => one.sort - other.sort);
  return open.find(({ isMain }) => isMain) ?? first;
}
