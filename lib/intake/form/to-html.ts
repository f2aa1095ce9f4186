/** Text as it may stand in an element or an attribute. */
export function toSafe(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Attributes with their values; `true` stands for one without a value, undefined and `false` for none. */
export function toAttributes(attributes: Record<string, string | number | boolean | undefined>): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === undefined || value === false) return "";
      return value === true ? ` ${name}` : ` ${name}="${toSafe(String(value))}"`;
    })
    .join("");
}

const ADDRESS = /(https:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/;

/** The words of an admin, whose https addresses become links. */
export function toLinked(text: string): string {
  return text
    .split(ADDRESS)
    .map((part, index) =>
      index % 2 === 1
        ? `<a${toAttributes({ href: part, target: "_blank", rel: "noopener" })}>${toSafe(part)}</a>`
        : toSafe(part),
    )
    .join("");
}
