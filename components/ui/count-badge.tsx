type CountBadgeProps = {
  /** 100 stands for 100 or more. */
  count: number;
  /** For screen readers, in words. */
  label: string;
  /** In a line of its own, also on a phone. */
  isInMenu?: boolean;
};

const MOST = 99;

/** A number at an entry of the navigation. */
export function CountBadge({ count, label, isInMenu = false }: CountBadgeProps) {
  const place = isInMenu
    ? "ml-auto"
    : "max-lg:absolute max-lg:top-1 max-lg:left-[calc(50%+0.5rem)] lg:ml-auto";
  return (
    <span
      className={`rounded-full bg-needs-you-tint px-1.5 text-12 font-semibold text-needs-you-ink tabular-nums ${place}`}
    >
      <span aria-hidden>{count > MOST ? `${MOST}+` : count}</span>
      <span className="sr-only">({label})</span>
    </span>
  );
}
