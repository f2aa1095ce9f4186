import type { ReactNode } from "react";

/** Below 1024 px the top bar shows the page's name, so the heading is for screen readers only. */
export function PageTitle({ children }: { children: ReactNode }) {
  return <h1 className="mb-6 text-28 font-semibold max-lg:sr-only">{children}</h1>;
}
