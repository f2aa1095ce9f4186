"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Person } from "@/lib/people/schema";
import type { Theme } from "@/lib/preferences/words";
import { Preferences } from "./preferences";

/** Who is signed in, what they prefer, and the way out. */
export function AccountPanel({ user, theme }: { user: Person; theme: Theme }) {
  const t = useTranslations();
  return (
    <>
      <p translate="no" className="font-semibold break-words">
        {user.name}
      </p>
      <p className="text-13 break-words text-ink-muted">
        {t(`people.roles.${user.role}`)} · <span translate="no">{user.email}</span>
      </p>
      <div className="my-4 border-y border-border py-4">
        <Preferences theme={theme} />
      </div>
      <SignOutButton />
    </>
  );
}

function SignOutButton() {
  const t = useTranslations("shell");
  const [isFailed, setFailed] = useState(false);

  const leave = async () => {
    try {
      const { signOut } = await import("next-auth/react");
      // Its own redirect leads to NEXTAUTH_URL, which need not be the address the person came by.
      await signOut({ redirect: false });
      location.assign("/sign-in");
    } catch {
      setFailed(true);
    }
  };

  return (
    <>
      <button
        type="button"
        onClick={leave}
        className="flex min-h-11 w-full cursor-pointer items-center gap-2 rounded-control px-2 font-medium hover:bg-sunken lg:min-h-9"
      >
        <LogOut aria-hidden className="size-4" />
        {t("signOut")}
      </button>
      {isFailed && (
        <p role="alert" className="mt-2 text-13 text-needs-admin-ink">
          {t("unreachable")}
        </p>
      )}
    </>
  );
}
