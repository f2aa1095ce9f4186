import { useTranslations } from "next-intl";
import type { KommoContacts } from "@/lib/domain/lead/schema";

export type Contact = KommoContacts["contacts"][number];

/** What is said of a contact of Kommo, with its owner if it has one: that it is there, or that the lead will be added to it. */
export function useContactWords() {
  const t = useTranslations("entry.duplicates");
  const toNames = ({ name, owner }: Contact) => ({ name: name || t("nameless"), owner: owner ?? "" });
  const toSentence = (contact: Contact, isTarget: boolean): string => {
    const target = contact.owner ? "willAttach" : "willAttachOwnerless";
    const other = contact.owner ? "contact" : "ownerlessContact";
    return t(isTarget ? target : other, toNames(contact));
  };
  return { toNames, toSentence };
}
