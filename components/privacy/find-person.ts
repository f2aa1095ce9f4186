import { callServer } from "@/components/server/call-server";
import { type FoundPerson, foundPersonSchema } from "@/lib/privacy/schema";

const named = ["signed_out", "forbidden", "offline"] as const;

/** Returns what is stored about the person, or why the search failed. */
export async function findPerson(contact: string): Promise<FoundPerson | (typeof named)[number] | "failed"> {
  const answer = await callServer({ route: { path: "/api/privacy", body: { contact } } });
  if (answer.ok) return foundPersonSchema.safeParse(answer.value).data ?? "failed";
  const code = answer.code === "no_answer" ? "offline" : answer.code;
  return named.find((known) => known === code) ?? "failed";
}
