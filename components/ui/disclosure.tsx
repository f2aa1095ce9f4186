"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";

type DisclosureProps = {
  title: string;
  /** At first; afterwards it is as the person leaves it. */
  isOpen?: boolean;
  children: () => ReactNode;
};

/** The content is created when it is first opened, so that a thousand closed ones cost nothing. */
export function Disclosure({ title, isOpen = false, children }: DisclosureProps) {
  const [isOpenAtFirst] = useState(isOpen);
  const [wasOpened, setOpened] = useState(isOpen);
  return (
    <details
      open={isOpenAtFirst}
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
      className="group/unfolding text-13"
    >
      <summary className="inline-flex min-h-8 cursor-pointer items-center gap-1 rounded-control text-accent-ink hover:underline pointer-coarse:min-h-11">
        <ChevronRight
          aria-hidden
          className="size-3.5 duration-150 ease-out motion-safe:transition-transform group-open/unfolding:rotate-90"
        />
        {title}
      </summary>
      {wasOpened && children()}
    </details>
  );
}
