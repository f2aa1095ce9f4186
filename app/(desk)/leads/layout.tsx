import type { ReactNode } from "react";
import { Queries } from "@/components/shell/queries";

/** A layout does not check access. Each page does that itself. */
export default function LeadsLayout({ children }: { children: ReactNode }) {
  return <Queries>{children}</Queries>;
}
