import * as z from "zod/mini";
import type { Source } from "@/lib/domain/mapping/schema";
import {
  type KnownUser,
  type Routing,
  type RoutingDifference,
  routingSchema,
  userIdSchema,
} from "@/lib/domain/routing/schema";
import type { Attaching } from "@/lib/known-clients/schema";

export const pauseSchema = z.object({ userId: userIdSchema, isPaused: z.boolean() });
export const ownPauseSchema = z.boolean();
export const trialSchema = z.object({ routing: routingSchema });
/** Null goes by the e-mail. */
export const userChoiceSchema = z.object({ personId: z.uuid(), userId: z.nullable(userIdSchema) });

/** Times are epoch milliseconds; `today` counts leads of the account's day. */
export type RecipientState = {
  userId: number;
  name: string;
  pausedAt: number | null;
  pausedBy: string | null;
  refusedAt: number | null;
  today: number;
};

export type RoutingDesk = {
  /** The account's time zone, in which hours and days count. */
  zone: string;
  /** 0 before any was published. */
  version: number;
  routing: Routing;
  /** This admin's own. */
  draft: { routing: Routing; basedOn: number } | null;
  /** Null where Kommo does not list its users for our token. */
  users: KnownUser[] | null;
  recipients: RecipientState[];
  sources: Source[];
  isFreeSource: boolean;
  lists: {
    key: string;
    label: { en: string; ru: string };
    options: { id: number; value: string }[];
  }[];
  authors: { id: string; name: string }[];
  /** Website forms. */
  forms: { id: string; name: string }[];
  attaching: Attaching;
  /** The newest 30, newest first, each with what it changed. */
  versions: {
    version: number;
    publishedAt: number;
    publishedBy: string | null;
    differences: RoutingDifference[];
  }[];
  /** Leads of the last seven days that are in Kommo and for which nobody was found. */
  withoutRecipient: number;
};
