/** Whole days up to now, today among them; "1" is today alone. */
export const ranges = ["1", "7", "30", "90"] as const;

/** More of a period than this is not shown at once. */
export const MOST_DAYS = 366;

/** Of the end of its rest, within which a lead should be in Kommo. */
export const PROMPT_SECONDS = 10;

export type Step = "hour" | "day" | "week";
