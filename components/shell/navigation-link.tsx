"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { PageLink } from "@/components/ui/page-link";
import { isWithin } from "./is-within";

export function NavigationLink({ href, children }: { href: string; children: ReactNode }) {
  const pathname = usePathname();
  return (
    <PageLink
      href={href}
      aria-current={isWithin(pathname, href) ? "page" : undefined}
      className="flex items-center gap-2 rounded-control text-ink-muted -outline-offset-2 hover:text-ink aria-[current=page]:text-accent-ink max-lg:relative max-lg:h-14 max-lg:flex-col max-lg:justify-center max-lg:gap-1 max-lg:text-12 max-lg:font-medium max-lg:whitespace-nowrap lg:h-9 lg:px-3 lg:text-14 lg:hover:bg-sunken lg:aria-[current=page]:bg-accent-tint lg:aria-[current=page]:font-medium"
    >
      {children}
    </PageLink>
  );
}
