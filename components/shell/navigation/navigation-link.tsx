"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isWithin } from "@/components/shell/is-within";
import { PageLink } from "@/components/ui/page-link";

const inBar =
  "max-lg:relative max-lg:h-14 max-lg:flex-col max-lg:justify-center max-lg:gap-1 max-lg:text-12 max-lg:font-medium max-lg:whitespace-nowrap";
const inMenu = "max-lg:h-11 max-lg:px-3 max-lg:text-14 max-lg:hover:bg-sunken";

/** On a phone an entry of the bar, or of the menu above it. */
type NavigationLinkProps = { href: string; isInMenu?: boolean; children: ReactNode };

export function NavigationLink({ href, isInMenu = false, children }: NavigationLinkProps) {
  const pathname = usePathname();
  return (
    <PageLink
      href={href}
      aria-current={isWithin(pathname, href) ? "page" : undefined}
      className={`flex items-center gap-2 rounded-control text-ink-muted -outline-offset-2 hover:text-ink aria-[current=page]:text-accent-ink lg:h-9 lg:px-3 lg:text-14 lg:hover:bg-sunken lg:aria-[current=page]:bg-accent-tint lg:aria-[current=page]:font-medium ${isInMenu ? inMenu : inBar}`}
    >
      {children}
    </PageLink>
  );
}
