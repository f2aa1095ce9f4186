"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";

type MorePagesProps = {
  menu: string;
  /** All pages behind it are below this address. */
  above: string;
  label: string;
  children: ReactNode;
};

/** The last entry of the phone's bar opens the pages that have no room there. Coming to a page closes them. */
export function MorePages({ menu, above, label, children }: MorePagesProps) {
  const pathname = usePathname();
  useEffect(() => {
    if (pathname) document.getElementById(menu)?.hidePopover();
  }, [menu, pathname]);
  return (
    <button
      type="button"
      popoverTarget={menu}
      aria-label={label}
      data-current={pathname.startsWith(above) || undefined}
      className="relative flex h-14 min-w-17 grow basis-0 cursor-pointer flex-col items-center justify-center gap-1 rounded-control text-12 font-medium whitespace-nowrap text-ink-muted -outline-offset-2 hover:text-ink data-current:text-accent-ink lg:hidden"
    >
      {children}
    </button>
  );
}
