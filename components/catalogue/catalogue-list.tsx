"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";

// What fills a screen twice; a search then paints within a frame, however much an account has.
const FIRST = 40;
const NEXT = 80;

type CatalogueListProps<T> = { items: readonly T[]; children: (item: T) => ReactNode };

/** Shows the first ones and grows as the person reads on. */
export function CatalogueList<T>({ items, children }: CatalogueListProps<T>) {
  const t = useTranslations("catalogue");
  const [shown, setShown] = useState(FIRST);
  const end = useRef<HTMLDivElement>(null);
  const rest = items.length - shown;

  useEffect(() => {
    if (!end.current || rest <= 0) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && setShown((before) => before + NEXT),
      { rootMargin: "400px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [rest]);

  return (
    <>
      <ul>{items.slice(0, shown).map(children)}</ul>
      {rest > 0 && (
        <div ref={end} className="px-4 py-3 text-13 text-ink-muted">
          {t("rest", { count: rest })}
        </div>
      )}
    </>
  );
}
