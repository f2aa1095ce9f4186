import type { ReactNode } from "react";
import { getKommoNews } from "@/app/kommo-news";
import { Shell } from "@/components/shell/shell";
import { currentUser } from "@/lib/auth/session";
import { getTheme } from "@/lib/preferences/queries";
import { getQueueStop } from "@/lib/queue/queries";

/** A layout does not check access. Each page does that itself. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!user) return children;

  return (
    <Shell
      user={user}
      theme={await getTheme()}
      queueStop={await getQueueStop()}
      kommo={await getKommoNews(user)}
      serverNow={Date.now()}
    >
      {children}
    </Shell>
  );
}
