"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";

type MorePagesProps = {
  menu: string;
  /** All pages behind it are below this address. */
  above: string;
  label: string;
  className: string;
  children: ReactNode;
};

/** The last entry of the phone's bar opens the pages that have no room there. Coming to a page closes them. */
export function MorePages({ menu, above, label, className, children }: MorePagesProps) {
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
      className={className}
    >
      {children}
    </button>
  );
}
