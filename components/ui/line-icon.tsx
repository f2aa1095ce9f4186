import type { ComponentProps, ReactNode } from "react";

export type Icon = (props: { className?: string; "aria-hidden"?: boolean }) => ReactNode;

export type IconProps = ComponentProps<"svg">;

/**
 * Lucide's icons (lucide.dev, ISC licence) for the first page. An icon of lucide-react is a client component wherever it is
 * rendered, which adds 1 KB to the first load.
 */
export function LineIcon({ d, ...rest }: IconProps & { d: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...rest}
    >
      <path d={d} />
    </svg>
  );
}
