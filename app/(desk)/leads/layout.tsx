import type { ReactNode } from "react";
import { ProofOnRequest } from "@/components/proof/proof-on-request";
import { QueryProvider } from "@/components/shell/query-provider";

/** A layout does not check access. Each page does that itself. */
export default function LeadsLayout({ children }: { children: ReactNode }) {
  return (
    <QueryProvider>
      {children}
      <ProofOnRequest />
    </QueryProvider>
  );
}
