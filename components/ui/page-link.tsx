"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type MouseEvent, startTransition } from "react";

type PageLinkProps = Omit<ComponentProps<"a">, "onClick"> & { href: string };

/** For the frame and the form: Next's own link adds 4 KB to their first load, for a prefetch that these pages do not use. */
export function PageLink({ href, ...rest }: PageLinkProps) {
  const { push } = useRouter();
  const go = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    startTransition(() => push(href));
  };
  return <a {...rest} href={href} onClick={go} />;
}

/** The browser handles any other click: it opens a tab or a window. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
