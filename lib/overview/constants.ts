/** Whole days up to now, including today; "1" is today alone. */
export const ranges = ["1", "7", "30", "90"] as const;

export const MAX_DAYS = 366;

/** A lead should be in Kommo within this time after its hold has ended. */
export const PROMPT_SECONDS = 10;

export type Step = "hour" | "day" | "week";
