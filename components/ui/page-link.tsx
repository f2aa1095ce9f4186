"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type MouseEvent, startTransition } from "react";

type PageLinkProps = Omit<ComponentProps<"a">, "onClick"> & { href: string };

/** For the frame and the form: Next's own link is 4 KB of their first load, for prefetching that pages of today's data do not have. */
export function PageLink({ href, ...rest }: PageLinkProps) {
  const { push } = useRouter();
  const go = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    startTransition(() => push(href));
  };
  return <a {...rest} href={href} onClick={go} />;
}

/** Any other press opens a tab or a window, which is the browser's to do. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
