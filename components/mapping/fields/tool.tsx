import type { LucideIcon } from "lucide-react";
import { dimmed } from "@/components/ui/button-look";

type ToolProps = { icon: LucideIcon; label: string; onPress: (() => void) | undefined };

/** At the end of the list the button stays and keeps the focus, but does nothing. */
export function Tool({ icon: Icon, label, onPress }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={!onPress}
      onClick={onPress}
      className={`inline-flex size-11 cursor-pointer items-center justify-center rounded-control text-ink-muted hover:bg-sunken hover:text-ink lg:size-8 ${dimmed}`}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
