import type { Person } from "@/components/entry/typed-lead";
import { toEmail } from "@/lib/domain/lead/email";
import { toCountry } from "@/lib/domain/lead/phone";
import { toPhoneDigits } from "@/lib/domain/lead/search-keys";
import { toTelegram } from "@/lib/domain/lead/telegram";

const contacts = ["phone", "telegram", "email"] as const;
export type Twin = { field: (typeof contacts)[number]; row: number };

/** For each person the first one before with the same phone, handle or e-mail. */
export function listTwins(people: readonly Person[], home: string): (Twin | undefined)[] {
  const firstRows = new Map<string, number>();
  return people.map((person, row) => {
    const keys = contacts.map((field) => ({ field, key: toKey(person, field, home) }));
    const twin = keys.find(({ key }) => firstRows.has(key));
    const first = firstRows.get(twin?.key ?? "");
    for (const { field, key } of keys) {
      if (person[field].trim() !== "" && !firstRows.has(key)) firstRows.set(key, row);
    }
    return twin && first !== undefined ? { field: twin.field, row: first } : undefined;
  });
}

function toKey(person: Person, field: Twin["field"], home: string): string {
  const text = person[field].trim();
  if (field === "phone") return `phone ${toPhoneDigits(text, toCountry(home)) ?? text}`;
  return `${field} ${(field === "telegram" ? toTelegram(text) : toEmail(text)).toLowerCase()}`;
}
