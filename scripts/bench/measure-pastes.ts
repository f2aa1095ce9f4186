import { LONGEST_PASTE, parsePaste } from "@/lib/domain/paste/parse-paste";

const RUNS = 3;
const SHOWN = 10;
const LIMIT_MS = 500;
const TOO_LONG = 64 * 1024;

const HEADS = ["", "BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:", "Имя\tТелефон\n"];
const UNITS =
  '1|1 |1.|1*|$1 |+7 |8 916 123-45-67 |8 916 123-45-67 доб. 1 |120к |1000-|a|A |@a|a@|a@a.|a@a.b |a.|a-a.|d. |x.t.me |https://|https://a.b/?utm_a=|utm_a=|Имя: |N;;:|зп |id |ext |инст |из expo |от |Иван |Иван Петров, |de la |van der |оглы |a\u0301|\u0301|\u0301\u0323|\ufe0f\u20e3|😀|A😀 |Иван 🌸 Петров |[1.1.2026, 12:30] A: |1.1.2026, 12:30 - |A, [1.1.2026 12:30]\n|a;b\n|\n|\t| |-|(|«|"a |=D0|BEGIN:VCARD\n'.split(
    "|",
  );
const sources = [{ name: "Экспо", aliases: ["expo", "ig", "от друзей"] }];

const rows = HEADS.flatMap((head) => UNITS.map((unit) => measure(head, unit)));
const worst = rows.toSorted((one, other) => other.ms - one.ms);

console.log(`The slowest of ${rows.length} pastes of ${LONGEST_PASTE} characters, and how each grows:`);
for (const { text, ms, growth } of worst.slice(0, SHOWN)) {
  console.log(`  ${ms.toFixed(1).padStart(6)} ms  × ${growth.toFixed(1)} for twice the length  ${text}`);
}
console.log(`${(worst[0]?.ms ?? 0) <= LIMIT_MS ? "ok  " : "SLOW"} at most ${LIMIT_MS} ms`);
console.log(`64 KB: given up after ${time("$1 ", "", TOO_LONG).toFixed(2)} ms`);

function measure(head: string, unit: string) {
  const ms = time(unit, head, LONGEST_PASTE);
  return {
    text: JSON.stringify(head.slice(0, 12) + unit),
    ms,
    growth: ms / time(unit, head, LONGEST_PASTE / 2),
  };
}

/** The shortest of some runs, in milliseconds: the others waited for something else. */
function time(unit: string, head: string, length: number): number {
  const text = (head + unit.repeat(length)).slice(0, length);
  const runs = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    parsePaste(text, { country: "RU", sources });
    return performance.now() - began;
  });
  return Math.min(...runs);
}
