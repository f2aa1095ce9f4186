import { surnames } from "./surnames";

const RUSSIAN =
  /.(?:[ое]в|[иы]н|[ое]ва|[иы]на|ск(?:ий|ой|ая)|цк(?:ий|ой|ая)|енк[оа]|[чщ]ук|[чщ]ак|юк|ык|[иы]х|ко|ян|янц|дзе|швили|[уи]а|[оы]глы|баев|беков|улы|ұлы|қызы|кызы|заде|ич|ней|ман|берг|штейн|цев|ук|ак|ец|ый)$/;
const LATIN =
  /.(?:ov|ev|ova|eva|in|ina|sky|skiy|skaya|ska|ski|enko|chuk|yan|ian|dze|shvili|ez|es|son|sen|ville|ton|ford|berg|stein|mann|wicz|escu|oglu|zade|inho|eira|ura)$/;

const ARABIC = /^(?:аль|эль|ад|аш|al|el)-./;

/** How much a folded word looks like a surname: 2 for a listed one or a strong ending, 0 for no sign of it. */
export function hasSurnameLook(word: string): number {
  if (ARABIC.test(word)) return 1.5;
  const last = word.slice(word.lastIndexOf("-") + 1);
  if (surnames.has(word) || surnames.has(last)) return 1.5;
  if (/[а-я]/.test(word)) return word.length > 3 && RUSSIAN.test(word) ? 1.5 : 0;
  return word.length > 4 && LATIN.test(word) ? 1 : 0;
}
