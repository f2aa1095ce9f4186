"use client";

import { type RefObject, useEffect, useRef } from "react";

const MOST_OF_IT = 0.8;

/** Tells whether most of the element is on the screen, anew for each object that it is about; for none it is not. */
export function useSeen(
  element: RefObject<HTMLElement | null>,
  about: object | undefined,
  tell: (isSeen: boolean) => void,
): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  const isAbout = about !== undefined;
  useEffect(() => (isAbout ? () => latest.current(false) : undefined), [isAbout]);
  useEffect(() => {
    if (about === undefined || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => latest.current(entries.some(({ intersectionRatio }) => intersectionRatio >= MOST_OF_IT)),
      { threshold: MOST_OF_IT },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [about, element]);
}
