const HANDLE = /^@?([a-z]\w{3,31})$/i;
const LINK =
  /^(?:(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\/|tg:\/\/resolve\?domain=)([a-z]\w{3,31})\/?(?:[?&].*)?$/i;

/** `x`, `@x`, `t.me/x` and `tg://resolve?domain=x` are `@x`; anything else stays as typed. */
export function toTelegram(text: string): string {
  const handle = (LINK.exec(text) ?? HANDLE.exec(text))?.[1];
  return handle ? `@${handle}` : text;
}
