import { List, type LucideIcon, SquarePen, Truck } from "lucide-react";

type Entry = { href: string; name: "newLead" | "leads" | "delivery"; icon: LucideIcon };

export const entries: readonly Entry[] = [
  { href: "/", name: "newLead", icon: SquarePen },
  { href: "/leads", name: "leads", icon: List },
];

export const adminEntries: readonly Entry[] = [{ href: "/admin/delivery", name: "delivery", icon: Truck }];

export function isWithin(pathname: string, href: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
