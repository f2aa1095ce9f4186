import type { ReactNode } from "react";

export function BarePage({ children }: { children: ReactNode }) {
  return (
    <main id="page" tabIndex={-1} className="mx-auto w-full max-w-xl px-4 py-8 outline-none">
      {children}
    </main>
  );
}
