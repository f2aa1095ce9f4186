import { List, type LucideIcon, SquarePen } from "lucide-react";

type Entry = { href: string; name: "newLead" | "leads"; icon: LucideIcon };

export const entries: readonly Entry[] = [
  { href: "/", name: "newLead", icon: SquarePen },
  { href: "/leads", name: "leads", icon: List },
];

export function isWithin(pathname: string, href: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
