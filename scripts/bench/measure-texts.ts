import "../aliases.mjs";

// Imported after the aliases, which the files of lib/ need.
const { leadSchema } = await import("../../lib/domain/lead/schema.ts");
const { toPlainWords } = await import("../../lib/domain/mapping/field-names.ts");
const { typedSchema } = await import("../../lib/duplicates/schema.ts");
const { historySchema } = await import("../../lib/history/schema.ts");
const { fieldRecordSchema } = await import("../../lib/kommo/schema.ts");
const { emailSchema, nameSchema } = await import("../../lib/people/schema.ts");
const { contactSchema } = await import("../../lib/privacy/schema.ts");
const { redact } = await import("../../lib/redact.ts");

const LETTERS = 32_768;
// Shorter than this, a time says more about the machine than about the reader.
const FLOOR_MS = 1;

const parts = ["a", " ", "a@", "=(", "1 (", '"', "'", "$1 ", "a.", "\u0301\u0316", "\u0438\u0306", "\ufdfa"];
const texts = [
  ...parts.map((part) => (length: number) => part.repeat(Math.ceil(length / part.length)).slice(0, length)),
  (length: number) => `a${"\u0301".repeat(length / 2)}${"\u0316".repeat(length / 2)}`,
];
const lead = { id: "00000000-0000-4000-8000-000000000000" };
const field = { id: 1, type: "text", enums: null, required_statuses: null };
const readers: Record<string, (text: string) => unknown> = {
  lead: (text) =>
    leadSchema.safeParse({ ...lead, name: text, phone: text, referrer: text, custom: { text } }),
  "duplicate hint": (text) => typedSchema.safeParse({ phone: text, name: text }),
  person: (text) => [nameSchema.safeParse(text), emailSchema.safeParse(text)],
  contact: (contact) => contactSchema.safeParse({ contact }),
  search: (q) => historySchema.safeParse({ q, source: q, after: q }),
  "field of Kommo": (name) => toPlainWords(fieldRecordSchema.parse({ ...field, name }).name ?? ""),
  log: redact,
};

/** For each reader the slowest of the hostile texts: milliseconds for 64 KB, and how much longer than for 32 KB. */
export function measureTexts(): { reader: string; ms: number; growth: number }[] {
  return Object.entries(readers).map(([reader, read]) => {
    const runs = texts.map((toText) => {
      const [half, whole] = [measure(read, toText(LETTERS)), measure(read, toText(2 * LETTERS))];
      return { reader, ms: whole, growth: Math.max(FLOOR_MS, whole) / Math.max(FLOOR_MS, half) };
    });
    return runs.reduce((one, other) => (other.ms > one.ms ? other : one));
  });
}

/** The fastest of three. */
function measure(read: (text: string) => unknown, text: string): number {
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    read(text);
    return performance.now() - began;
  });
  return Math.min(...times);
}
