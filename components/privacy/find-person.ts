import { callServer } from "@/components/server/call-server";
import { type FoundPerson, foundPersonSchema } from "@/lib/privacy/schema";

const named = ["signed_out", "forbidden", "offline"] as const;

/** What is kept of the person, or why nobody could look. */
export async function findPerson(contact: string): Promise<FoundPerson | (typeof named)[number] | "failed"> {
  const answer = await callServer({ route: { path: "/api/privacy", body: { contact } } });
  if (answer.ok) return foundPersonSchema.safeParse(answer.value).data ?? "failed";
  const code = answer.code === "no_answer" ? "offline" : answer.code;
  return named.find((known) => known === code) ?? "failed";
}
