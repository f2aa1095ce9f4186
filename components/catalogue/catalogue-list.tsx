"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";

// What fills a screen twice; a search then paints within a frame, however much an account has.
const FIRST = 24;
const NEXT = 80;

type CatalogueListProps<T> = { items: readonly T[]; children: (item: T) => ReactNode };

/** Shows the first ones and grows as the person reads on. */
export function CatalogueList<T>({ items, children }: CatalogueListProps<T>) {
  const t = useTranslations("catalogue");
  const [grown, grow] = useState({ items, shown: FIRST });
  // Other items begin anew, and those that are in both keep their place.
  const shown = grown.items === items ? grown.shown : FIRST;
  const end = useRef<HTMLDivElement>(null);
  const rest = items.length - shown;

  useEffect(() => {
    if (!end.current || rest <= 0) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && grow({ items, shown: shown + NEXT }),
      { rootMargin: "400px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [items, shown, rest]);

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
