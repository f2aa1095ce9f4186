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
  /** Of the button and of the menu; the server gives them, which keeps them out of the script. */
  className: string;
  menuClassName: string;
  /** Inside the button. */
  children: ReactNode;
};

/** The menu's content loads when a person reaches for it. */
export function AccountMenu({ user, theme, className, menuClassName, children }: AccountMenuProps) {
  const [isWanted, setWanted] = useState(false);
  const panel = useModule(loadPanel, isWanted);
  const want = () => setWanted(true);
  return (
    <>
      <button type="button" popoverTarget={MENU} onPointerEnter={want} onFocus={want} className={className}>
        {children}
      </button>
      <div id={MENU} popover="auto" onToggle={want} className={menuClassName}>
        {panel && <panel.AccountPanel menu={MENU} user={user} theme={theme} />}
      </div>
    </>
  );
}
