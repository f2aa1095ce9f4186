import {
  type Duplicates,
  duplicatesSchema,
  type KommoContacts,
  kommoContactsSchema,
  type Lead,
} from "@/lib/domain/lead/schema";

type Context = { signal: AbortSignal };

// Fewer digits than these match too many people.
const FEWEST_DIGITS = 7;
const SHORTEST_HANDLE = 5;

/** What is worth asking, as a query; empty while too little is typed to be anybody. */
export function toQuestion({ id, phone, telegram, email, name, surname }: Lead): string {
  const hasPhone = phone.replace(/\D/g, "").length >= FEWEST_DIGITS;
  const hasHandle = telegram.trim().length >= SHORTEST_HANDLE;
  const hasEmail = /.@.+\../.test(email);
  const hasName = name.trim() !== "" && surname.trim() !== "";
  if (!hasPhone && !hasHandle && !hasEmail && !hasName) return "";
  return new URLSearchParams({
    ...(hasPhone && { phone }),
    ...(hasHandle && { telegram }),
    ...(hasEmail && { email }),
    ...(hasName && { name, surname }),
    except: id,
  }).toString();
}

export function fetchDuplicates(question: string) {
  return async ({ signal }: Context): Promise<Duplicates> => {
    const response = await fetch(`/api/leads/duplicates?${question}`, { signal });
    return duplicatesSchema.parse(await response.json());
  };
}

/** Once for each whole phone: request slots at Kommo are few. */
export function fetchKommoContacts(phone: string) {
  return async ({ signal }: Context): Promise<KommoContacts> => {
    const response = await fetch(`/api/leads/duplicates/kommo?${new URLSearchParams({ phone })}`, { signal });
    return kommoContactsSchema.parse(await response.json());
  };
}
