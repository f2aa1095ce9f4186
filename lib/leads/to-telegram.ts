import { readTelegram } from "./read-telegram";

/** `x`, `@x`, `t.me/x` and `tg://resolve?domain=x` are `@x`; what is in doubt stays as typed. */
export function toTelegram(text: string): string {
  const read = readTelegram(text);
  return read.kind === "handle" && !read.isMixed ? read.handle : text;
}
