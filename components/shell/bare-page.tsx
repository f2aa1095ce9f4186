import type { ReactNode } from "react";

/** A page outside the desk's frame. */
export function BarePage({ children }: { children: ReactNode }) {
  return (
    <main id="page" tabIndex={-1} className="mx-auto w-full max-w-xl px-4 py-8 outline-none">
      {children}
    </main>
  );
}
