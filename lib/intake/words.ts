import "server-only";
import { type FormLanguage, formLanguages } from "@/lib/domain/lead/fields";

/** What visitors of a website are told, in the languages of the forms. */
export type Language = FormLanguage;

export type Said =
  | "received"
  | "unknown_key"
  | "foreign_origin"
  | "wrong_secret"
  | "paused"
  | "too_large"
  | "too_many"
  | "wrong_type"
  | "unreadable"
  | "has_file"
  | "contact_missing"
  | "other_body"
  | "not_saved"
  | "again"
  | "back"
  | "thanks"
  | "failed";

const words: Record<Said, Record<Language, string>> = {
  received: {
    en: "We have received your request and will get back to you.",
    ru: "Мы получили вашу заявку и скоро свяжемся с вами.",
    es: "Hemos recibido su solicitud y le responderemos pronto.",
    pt: "Recebemos o seu pedido e entraremos em contacto em breve.",
  },
  unknown_key: {
    en: "There is no form at this address. Copy the form’s current address from Website forms.",
    ru: "По этому адресу нет формы. Скопируйте действующий адрес в разделе «Формы сайта».",
    es: "No hay ningún formulario en esta dirección. Copie la dirección actual del formulario.",
    pt: "Não há nenhum formulário neste endereço. Copie o endereço atual do formulário.",
  },
  foreign_origin: {
    en: "This form does not accept requests from this site. Add the site’s address to the form’s sites.",
    ru: "Эта форма не принимает заявки с этого сайта. Добавьте адрес сайта в настройки формы.",
    es: "Este formulario no acepta solicitudes desde este sitio. Añada su dirección a los sitios del formulario.",
    pt: "Este formulário não aceita pedidos deste site. Adicione o endereço do site ao formulário.",
  },
  wrong_secret: {
    en: "The secret key is wrong or has expired. Make a new one for this form.",
    ru: "Секретный ключ неверен или истёк. Создайте для этой формы новый.",
    es: "La clave secreta es incorrecta o ha caducado. Cree una nueva para este formulario.",
    pt: "A chave secreta está errada ou expirou. Crie uma nova para este formulário.",
  },
  paused: {
    en: "This form is closed for now. Please contact us another way.",
    ru: "Форма временно не принимает заявки. Свяжитесь с нами другим способом.",
    es: "Este formulario está cerrado por ahora. Póngase en contacto con nosotros de otra forma.",
    pt: "Este formulário está fechado por agora. Contacte-nos de outra forma.",
  },
  too_large: {
    en: "This is more than 64 KB. Please send less text and no files.",
    ru: "Это больше 64 КБ. Сократите текст и уберите файлы.",
    es: "Esto supera los 64 KB. Envíe menos texto y ningún archivo.",
    pt: "Isto tem mais de 64 KB. Envie menos texto e nenhum ficheiro.",
  },
  too_many: {
    en: "Too many requests came at once. Please try again in a minute.",
    ru: "Слишком много заявок сразу. Повторите через минуту.",
    es: "Han llegado demasiadas solicitudes a la vez. Inténtelo de nuevo en un minuto.",
    pt: "Chegaram demasiados pedidos de uma vez. Tente de novo dentro de um minuto.",
  },
  wrong_type: {
    en: "Send JSON, application/x-www-form-urlencoded or multipart/form-data in a known charset.",
    ru: "Отправьте JSON, application/x-www-form-urlencoded или multipart/form-data в известной кодировке.",
    es: "Envíe JSON, application/x-www-form-urlencoded o multipart/form-data en un juego de caracteres conocido.",
    pt: "Envie JSON, application/x-www-form-urlencoded ou multipart/form-data numa codificação conhecida.",
  },
  unreadable: {
    en: "This request cannot be read: it is cut off, nested too deeply, or not in its charset.",
    ru: "Этот запрос нельзя прочитать: он оборван, слишком вложен или не в своей кодировке.",
    es: "Esta solicitud no se puede leer: está cortada, demasiado anidada o en otro juego de caracteres.",
    pt: "Não é possível ler este pedido: está cortado, demasiado aninhado ou noutra codificação.",
  },
  has_file: {
    en: "Files are not accepted here. Please send the form again without the file.",
    ru: "Файлы здесь не принимаются. Отправьте форму ещё раз без файла.",
    es: "Aquí no se aceptan archivos. Envíe el formulario de nuevo sin el archivo.",
    pt: "Aqui não se aceitam ficheiros. Envie o formulário de novo sem o ficheiro.",
  },
  contact_missing: {
    en: "Please add a phone number, an e-mail or a Telegram name, so that we can reach you.",
    ru: "Укажите телефон, почту или Telegram, чтобы мы могли с вами связаться.",
    es: "Añada un teléfono, un correo o un usuario de Telegram para que podamos responderle.",
    pt: "Indique um telefone, um e-mail ou um utilizador do Telegram para podermos responder.",
  },
  other_body: {
    en: "This id was sent before with another content. Send new content under a new id.",
    ru: "Этот идентификатор уже приходил с другим содержимым. Отправьте новое под новым идентификатором.",
    es: "Este identificador ya se envió con otro contenido. Envíe el contenido nuevo con otro identificador.",
    pt: "Este identificador já foi enviado com outro conteúdo. Envie o novo conteúdo com outro identificador.",
  },
  not_saved: {
    en: "Your request could not be saved. Please send it again in a minute.",
    ru: "Заявку не удалось сохранить. Отправьте её ещё раз через минуту.",
    es: "No se pudo guardar su solicitud. Envíela de nuevo dentro de un minuto.",
    pt: "Não foi possível guardar o seu pedido. Envie-o de novo dentro de um minuto.",
  },
  again: { en: "Send again", ru: "Отправить ещё раз", es: "Enviar de nuevo", pt: "Enviar de novo" },
  back: {
    en: "Use the Back button of your browser: what you typed is still there.",
    ru: "Вернитесь назад в браузере: всё, что вы ввели, на месте.",
    es: "Use el botón Atrás del navegador: lo que escribió sigue ahí.",
    pt: "Use o botão Voltar do navegador: o que escreveu continua lá.",
  },
  thanks: { en: "Thank you", ru: "Спасибо", es: "Gracias", pt: "Obrigado" },
  failed: {
    en: "Not sent yet",
    ru: "Пока не отправлено",
    es: "Aún no se ha enviado",
    pt: "Ainda não foi enviado",
  },
};

export function say(what: Said, language: Language): string {
  return words[what][language];
}

/** The first language of the visitor's browser that we have. */
export function toLanguage(accepted: string | null): Language {
  return findSpoken(accepted ?? "") ?? "en";
}

/** The language of the form: as its page says in `_language`, else the one that its visitor's browser asks for first. */
export function toFormLanguage(named: string | undefined, accepted: string | null): Language | undefined {
  return findSpoken(named ?? accepted ?? "");
}

function findSpoken(text: string): Language | undefined {
  const asked = text
    .slice(0, 200)
    .toLowerCase()
    .match(/\b(?:en|ru|es|pt)\b/)?.[0];
  return formLanguages.find((one) => one === asked);
}
