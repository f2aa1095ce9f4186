"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isWithin } from "@/components/shell/is-within";
import { PageLink } from "@/components/ui/page-link";

/** The server gives the classes, which keeps them out of the script. */
type NavigationLinkProps = { href: string; className: string; children: ReactNode };

export function NavigationLink({ href, className, children }: NavigationLinkProps) {
  const pathname = usePathname();
  return (
    <PageLink href={href} aria-current={isWithin(pathname, href) ? "page" : undefined} className={className}>
      {children}
    </PageLink>
  );
}
