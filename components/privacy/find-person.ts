import { type FoundPerson, foundPersonSchema } from "@/lib/privacy/schema";

const FAILURES: Record<number, "signed_out" | "forbidden"> = { 401: "signed_out", 403: "forbidden" };

/** Returns what is stored about the person, or why the search failed. */
export async function findPerson(
  contact: string,
): Promise<FoundPerson | "signed_out" | "forbidden" | "offline" | "failed"> {
  try {
    const answer = await fetch("/api/privacy", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ contact }),
    });
    if (!answer.ok) return FAILURES[answer.status] ?? "failed";
    return foundPersonSchema.safeParse(await answer.json()).data ?? "failed";
  } catch {
    return "offline";
  }
}
