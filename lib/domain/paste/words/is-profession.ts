import { professions } from "./professions";
import { surnames } from "./surnames";

const RUSSIAN_CASE = /(?:ами|ями|ой|ей|ом|ем|ам|ям|ах|ях|ша|[аяыиуюе])$/;
const RUSSIAN_TRADE =
  /(?:олог|щик|щица|граф|ист|истка|ировщик|вод|тель|тельница|навт|метр)(?:ом|ем|ой|ей|а|у|и|ы)?$/;
const LATIN_TRADE = /(?:ologist|ician|keeper|maker|ologo|ologa|ista|eiro|eira|adora?|edora?|grapher)$/;
const NO_TRADE =
  /^(?:primeir[oa]|dinheiro|janeiro|fevereiro|inteir[oa]|terceir[oa]|segunda-feira|lista|vista|entrevista|revista|ayudadora|brasileir[oa]|cadeira|bandeira|feira|quarta-feira|родитель|житель|список|любитель|посетитель|получатель|отправитель|обладатель|завод|параграф|автограф|телеграф|километр|метр|лист|твист|завода)$/;

/** Whether a folded word is the head of a job title: "бухгалтером", "enfermera", "plumbers". */
export function isProfession(word: string): boolean {
  if (NO_TRADE.test(word)) return false;
  const last = word.slice(word.lastIndexOf("-") + 1);
  return isListed(word) || (last.length > 3 && isListed(last)) || isTradeWord(word);
}

function isListed(word: string): boolean {
  if (professions.has(word)) return true;
  if (/[а-я]/.test(word)) {
    const stem = word.replace(RUSSIAN_CASE, "");
    return (
      stem.length > 2 && [stem, `${stem}а`, `${stem}ь`, `${stem}й`].some((form) => professions.has(form))
    );
  }
  return [/[oae]$/, /(?:as|os|es)$/, /s$/].some(
    (end) => end.test(word) && professions.has(word.replace(end, "")),
  );
}

function isTradeWord(word: string): boolean {
  return (
    word.length > 6 && !surnames.has(word) && (/[а-я]/.test(word) ? RUSSIAN_TRADE : LATIN_TRADE).test(word)
  );
}
