export type ReadTelegram =
  | { kind: "handle"; handle: string; isMixed: boolean }
  | { kind: "phone"; phone: string }
  | { kind: "other" };

const SITE = /^(?:https?:\/\/)?(?:www\.)?(?:t\.me|telegram\.(?:me|dog))\/+/i;
const APP = /^tg:(?:\/\/)?resolve\/?\?(?:.*&)?(?:domain|phone)=/i;
const HANDLE = /^@?([a-z]\w{3,31})$/i;
const PHONE = /^\+?\d{7,15}$/;
// Cyrillic letters that look like Latin ones, at the same index as their look-alike.
const CYRILLIC_LOOKALIKES = "авекмнорстухѕіјԁԛԝАВЕКМНОРСТУХЅІЈ";
const LATIN_LOOKALIKES = "abekmhopctyxsijdqwABEKMHOPCTYXSIJ";

/** Cyrillic look-alikes in a handle are replaced, and the handle is marked as mixed. */
export function readTelegram(text: string): ReadTelegram {
  const name = toName(text);
  if (PHONE.test(name) && name !== text.trim()) return { kind: "phone", phone: `+${name.replace("+", "")}` };

  const latin = name.replace(
    /[^\s\x21-\x7e]/g,
    (letter) => LATIN_LOOKALIKES[CYRILLIC_LOOKALIKES.indexOf(letter)] ?? letter,
  );
  const handle = HANDLE.exec(latin)?.[1];
  // A word in Cyrillic only is a name, not a mistyped handle.
  const isHandle = handle !== undefined && (latin === name || /[a-z]/i.test(name));
  return isHandle ? { kind: "handle", handle: `@${handle}`, isMixed: latin !== name } : { kind: "other" };
}

function toName(text: string): string {
  const bare = text.trim();
  const isLink = SITE.test(bare) || APP.test(bare);
  const rest = bare.replace(SITE, "").replace(APP, "");
  const name = isLink ? rest.replace(/[?&#].*$/, "").replace(/\/+$/, "") : rest;
  return isLink ? name.replace(/^%40/, "@").replace(/^%2B/i, "+") : name.replace(/^@\s+/, "@");
}

/** `x`, `@x`, `t.me/x` and `tg://resolve?domain=x` become `@x`. A text that may be something else stays as typed. */
export function toTelegram(text: string): string {
  const read = readTelegram(text);
  return read.kind === "handle" && !read.isMixed ? read.handle : text;
}
