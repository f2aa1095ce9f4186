/** An address that ends with a slash means only the pages below it. */
export function isWithin(pathname: string, href: string): boolean {
  if (href === "/" || pathname === href) return pathname === href;
  return pathname.startsWith(href.endsWith("/") ? href : `${href}/`);
}
