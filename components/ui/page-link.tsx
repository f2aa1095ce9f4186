"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type MouseEvent, startTransition } from "react";

type PageLinkProps = Omit<ComponentProps<"a">, "onClick"> & { href: string };

/** Next's own link costs 4 KB of the first load, for prefetching that pages with live data cannot use. */
export function PageLink({ href, ...rest }: PageLinkProps) {
  const { push } = useRouter();
  const go = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    startTransition(() => push(href));
  };
  return <a {...rest} href={href} onClick={go} />;
}

/** Any other click opens a tab or window, which the browser does itself. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
