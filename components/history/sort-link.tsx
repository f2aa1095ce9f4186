import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { History } from "@/lib/history/schema";
import { toAddress } from "./address";

type Sort = NonNullable<History["sort"]>;
type SortLinkProps = { history: History; up: Sort; down: Sort; children: ReactNode };

/** A column heading that sorts, and then reverses the order. */
export function SortLink({ history, up, down, children }: SortLinkProps) {
  const sort = history.sort ?? "newest";
  const first = up === "name" ? up : down;
  const next = sort === first ? (first === up ? down : up) : first;
  const Arrow = sort === up ? ArrowUp : ArrowDown;
  return (
    <Link
      href={toAddress(history, { sort: next === "newest" ? undefined : next })}
      prefetch={false}
      scroll={false}
      className="inline-flex min-h-6 items-center gap-1 rounded-control hover:text-ink hover:underline"
    >
      {children}
      {(sort === up || sort === down) && <Arrow aria-hidden className="size-3" />}
    </Link>
  );
}
