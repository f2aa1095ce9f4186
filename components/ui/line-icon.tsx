type LineIconProps = { lines: string; className: string };

/** For icons in the first script of a page, because the component of lucide-react adds 1 KB to it. */
export function LineIcon({ lines, className }: LineIconProps) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d={lines} />
    </svg>
  );
}
