"use client";

import { CircleUser, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Person } from "@/lib/people/schema";
import type { Theme } from "@/lib/preferences/schema";
import { Preferences } from "./preferences";

const MENU = "account-menu";

export function AccountMenu({ user, theme }: { user: Person; theme: Theme }) {
  const t = useTranslations();
  return (
    <>
      <button
        type="button"
        popoverTarget={MENU}
        className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control px-3 text-left text-ink-muted hover:bg-sunken hover:text-ink lg:m-3 lg:min-w-0"
      >
        <CircleUser aria-hidden className="size-5 shrink-0" />
        <span className="sr-only">{t("shell.account")}: </span>
        <span translate="no" className="max-w-[30vw] min-w-0 truncate lg:max-w-none">
          {user.name}
        </span>
      </button>
      <div
        id={MENU}
        popover="auto"
        className="fixed inset-auto w-72 rounded-panel border border-border bg-raised p-4 text-ink shadow-float max-lg:top-20 max-lg:right-3 lg:bottom-16 lg:left-3"
      >
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
      </div>
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
