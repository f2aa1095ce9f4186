"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";

// Two screens full. A search then renders within a frame, however large the account is.
const FIRST = 20;
const NEXT = 80;

type CatalogueListProps<T> = { items: readonly T[]; children: (item: T) => ReactNode };

/** Shows the first items, and more when the person scrolls. */
export function CatalogueList<T>({ items, children }: CatalogueListProps<T>) {
  const t = useTranslations("catalogue");
  const [grown, grow] = useState({ items, shown: FIRST });
  // A new list starts again from the top.
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
