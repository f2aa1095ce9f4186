/**
 * The path of a request as Next compares it with the routes: decoded, and without repeated or trailing slashes. Undefined
 * where it cannot be decoded, or holds a NUL.
 */
export function toPath(url: string): string | undefined {
  const [raw = ""] = url.split("?");
  if (!raw.startsWith("/")) return undefined;
  try {
    const path = `/${decodeURIComponent(raw).split(/[/\\]/).filter(Boolean).join("/")}`;
    return path.includes("\0") ? undefined : path;
  } catch {
    return undefined;
  }
}
