import type { ReactNode } from "react";
import { Queries } from "@/components/shell/queries";

/** Each page is its own gate. */
export default function LeadsLayout({ children }: { children: ReactNode }) {
  return <Queries>{children}</Queries>;
}
