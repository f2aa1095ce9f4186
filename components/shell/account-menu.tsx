"use client";

import { type ReactNode, useState } from "react";
import { useModule } from "@/components/ui/use-module";
import type { Person } from "@/lib/people/schema";
import type { Theme } from "@/lib/preferences/constants";

const MENU = "account-menu";
const loadPanel = () => import("./account-panel");

type AccountMenuProps = {
  user: Person;
  theme: Theme;
  /** Inside the button. */
  children: ReactNode;
};

/** The menu's content loads when a person reaches for it. */
export function AccountMenu({ user, theme, children }: AccountMenuProps) {
  const [isWanted, setWanted] = useState(false);
  const panel = useModule(loadPanel, isWanted);
  const want = () => setWanted(true);
  return (
    <>
      <button
        type="button"
        popoverTarget={MENU}
        onPointerEnter={want}
        onFocus={want}
        className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control px-3 text-left text-ink-muted hover:bg-sunken hover:text-ink lg:m-3 lg:min-w-0"
      >
        {children}
      </button>
      <div
        id={MENU}
        popover="auto"
        onToggle={want}
        className="fixed inset-auto w-72 rounded-panel border border-border bg-raised p-4 text-ink shadow-float max-lg:top-20 max-lg:right-3 lg:bottom-16 lg:left-3"
      >
        {panel && <panel.AccountPanel menu={MENU} user={user} theme={theme} />}
      </div>
    </>
  );
}
