import Link from "next/link";
import type { ReactNode } from "react";

export function AdminLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-flex min-h-11 items-center rounded-control text-13 font-medium text-accent-ink underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
