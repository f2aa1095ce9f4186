"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { dropOwnDrafts, listOwnDrafts } from "@/components/drafts/own-drafts";
import { dropAllKept, listKept } from "@/components/offline/device-store";
import { inTime } from "@/components/server/in-time";
import { Confirm, type Question } from "@/components/ui/confirm";

type SignOut = { press: () => void; isFailed: boolean; question: ReactNode };

/** Asks first when something is typed and not sent, as it is removed. `to` is where it leads. */
export function useSignOut(personId: string, to: () => string): SignOut {
  const t = useTranslations("shell");
  const [isFailed, setFailed] = useState(false);
  const [question, setQuestion] = useState<Question>();

  const press = async () => {
    // A browser that refuses its storage keeps nothing there either.
    const kept = await listKept(personId).catch(() => []);
    const count = listOwnDrafts(personId).length + kept.length;
    if (count === 0) {
      signOutTo(to(), personId).catch(() => setFailed(true));
      return;
    }
    setQuestion({
      title: t("unsent.title", { count }),
      consequence: t("unsent.consequence"),
      verb: t("unsent.verb"),
      act: () =>
        signOutTo(to(), personId).then(
          () => undefined,
          () => ({ sentence: t("unreachable") }),
        ),
    });
  };

  return {
    press: () => void press(),
    isFailed,
    question: question && <Confirm question={question} onClose={() => setQuestion(undefined)} />,
  };
}

/** Signs out, leaves nothing of this person in the browser, and goes to that address. */
async function signOutTo(address: string, personId: string): Promise<void> {
  const { signOut } = await inTime(import("next-auth/react"));
  // next-auth's redirect would lead to NEXTAUTH_URL, which may differ from the address in use.
  await signOut({ redirect: false });
  dropOwnDrafts(personId);
  await dropAllKept(personId).catch(() => undefined);
  location.assign(address);
}
