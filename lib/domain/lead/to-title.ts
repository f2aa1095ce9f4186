/** What a lead is called: what is known of its name, which may be nothing. */
export function toTitle({ name, surname }: { name: string | null; surname: string | null }): string {
  return [name, surname].filter(Boolean).join(" ");
}
