"use client";

import { LogOut, UserCog } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Person } from "@/lib/people/schema";
import type { Theme } from "@/lib/preferences/constants";
import { Preferences } from "./preferences";
import { useSignOut } from "./use-sign-out";

export function AccountPanel({ menu, user, theme }: { menu: string; user: Person; theme: Theme }) {
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
      <Link
        href="/profile"
        onClick={() => document.getElementById(menu)?.hidePopover()}
        className="flex min-h-11 w-full items-center gap-2 rounded-control px-2 font-medium hover:bg-sunken lg:min-h-9"
      >
        <UserCog aria-hidden className="size-4" />
        {t("shell.profile")}
      </Link>
      <SignOutButton personId={user.id} />
    </>
  );
}

function SignOutButton({ personId }: { personId: string }) {
  const t = useTranslations("shell");
  const { press, isFailed, question } = useSignOut(personId, () => "/sign-in");

  return (
    <>
      <button
        type="button"
        onClick={press}
        className="flex min-h-11 w-full cursor-pointer items-center gap-2 rounded-control px-2 font-medium hover:bg-sunken lg:min-h-9"
      >
        <LogOut aria-hidden className="size-4" />
        {t("signOut")}
      </button>
      {question}
      {isFailed && (
        <p role="alert" className="mt-2 text-13 text-needs-admin-ink">
          {t("unreachable")}
        </p>
      )}
    </>
  );
}
