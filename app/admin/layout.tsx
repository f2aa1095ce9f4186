import type { ReactNode } from "react";
import { getKommoNews } from "@/app/kommo-news";
import { ProofOnRequest } from "@/components/proof/proof-on-request";
import { QueryProvider } from "@/components/shell/query-provider";
import { Shell } from "@/components/shell/shell";
import { currentUser } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { getEnv } from "@/lib/env";
import { countOverdueChecks, countStuck, toScope } from "@/lib/leads/queries";
import { getTheme } from "@/lib/preferences/queries";
import { getQueueStop } from "@/lib/queue/queries";

/** A layout does not check access. Each page does that itself. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!user) return children;

  return (
    <Shell
      user={user}
      hasPasswords={getEnv().hasPasswords}
      theme={await getTheme()}
      queueStop={await getQueueStop()}
      stuckCount={await countStuck(toScope(user))}
      overdueChecks={await countOverdueChecks(toScope(user))}
      kommo={await getKommoNews(user)}
      serverNow={tellTime()}
    >
      <QueryProvider>
        {children}
        <ProofOnRequest />
      </QueryProvider>
    </Shell>
  );
}
