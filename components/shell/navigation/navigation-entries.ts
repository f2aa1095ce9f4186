import type { Icon } from "@/components/ui/line-icon";
import {
  Blocks,
  ChartNoAxesColumn,
  Globe,
  List,
  Lock,
  Plus,
  Split,
  Truck,
  Users,
} from "@/components/ui/line-icons";

type Entry = {
  href: string;
  name: "newLead" | "leads" | "overview" | "kommo" | "routing" | "delivery" | "intake" | "people" | "privacy";
  icon: Icon;
};

export const navigationEntries: readonly Entry[] = [
  { href: "/", name: "newLead", icon: Plus },
  { href: "/leads", name: "leads", icon: List },
  { href: "/overview", name: "overview", icon: ChartNoAxesColumn },
];

export const adminNavigationEntries: readonly Entry[] = [
  { href: "/admin/kommo", name: "kommo", icon: Blocks },
  { href: "/admin/routing", name: "routing", icon: Split },
  { href: "/admin/delivery", name: "delivery", icon: Truck },
  { href: "/admin/intake", name: "intake", icon: Globe },
  { href: "/admin/people", name: "people", icon: Users },
  { href: "/admin/privacy", name: "privacy", icon: Lock },
];

/** Of the pages of the admins, those that a head of sales has too. */
export const headNavigationEntries = adminNavigationEntries.filter(({ name }) => name === "routing");

/** A page comes before the pages above it. */
export const pageNames = [
  { href: "/profile", name: "profile" },
  { href: "/admin/people/log", name: "log" },
  { href: "/leads/", name: "lead" },
  { href: "/overview/proof", name: "dailyProof" },
  ...navigationEntries,
  ...adminNavigationEntries,
] as const;
