const HANDLE =
  /^(?:@|(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\/|tg:\/\/resolve\?domain=)?([a-z]\w{3,31})(?:[/?&].*)?$/i;

/** `x`, `@x`, `t.me/x` and `tg://resolve?domain=x` are `@x`; anything else stays as typed. */
export function toTelegram(text: string): string {
  const handle = HANDLE.exec(text)?.[1];
  return handle ? `@${handle}` : text;
}
