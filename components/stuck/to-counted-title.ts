const MOST = 99;
// No page's own title has such a space after a number.
const SPACE = "\u00a0";
const COUNTED = new RegExp(`^\\(\\d+\\+?\\)${SPACE}`);

/** The page's title with the number of leads that wait for a person in front, in place of an earlier number. */
export function toCountedTitle(title: string, count: number): string {
  const plain = title.replace(COUNTED, "");
  if (count === 0) return plain;
  return `(${count > MOST ? `${MOST}+` : count})${SPACE}${plain}`;
}
