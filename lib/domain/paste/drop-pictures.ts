/** Of a whole address book with pictures. What is longer is not looked into. */
const LONGEST_CARDS = 4_000_000;
const PICTURE = /^(?:item\d{1,3}\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:](?!.{0,80}https?:)/i;
// Lines of a card go on after a space; some programs write the bytes without it, and an empty line after them.
const NEXT_LINE = /^(?:[ \t]|[A-Za-z\d+/=]*$)/;

/** Cards without their pictures and sounds, each of which is longer than all words of a person. */
export function dropPictures(text: string): string {
  if (text.length > LONGEST_CARDS || !/^BEGIN:VCARD/im.test(text)) return text;
  let isPicture = false;
  const lines = text.split(/\r\n?|\n/).filter((line) => {
    isPicture = PICTURE.test(line) || (isPicture && NEXT_LINE.test(line));
    return !isPicture;
  });
  return lines.join("\n");
}
