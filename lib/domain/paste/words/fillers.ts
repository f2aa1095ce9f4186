/** Next to a filled value these are dropped with it. */
export const connectors: ReadonlySet<string> = new Set(
  `
из с со от через по на в во и а это я мой моя мое мой меня зовут у для наш наша к
from via through at on by the a an and is my me i am i'm its it's it this of our in
de del da do das dos desde por para la el los las un una uno y e en no na nos nas o os as um uma mi mis me llamo soy es meu minha sou chamo ao pela pelo via
`
    .trim()
    .split(/\s+/),
);

export const fillers: ReadonlySet<string> = new Set(
  `
здравствуйте здравствуй привет приветствую добрый добрая доброе доброго день вечер утро утра дня вечера ночи спасибо уважением уважаемый уважаемая коллеги
пожалуйста просьба жду ждем ответа перезвонить перезвоните перезвон позвонить позвоните звонить звоните звонок наберите набрать пишите пиши написать напишите
хочет хочу хотел хотела хотят интересует интересуется интересуют интересно нужен нужна нужно надо можно ищет ищу ищем просит прошу просил просила пришел пришла
узнал узнала увидел увидела нашел нашла завтра сегодня вчера утром вечером днем после обеда понедельник вторник среда четверг пятница суббота воскресенье
номер телефон тел моб мобильный почта тг телеграм ватсап вотсап whatsapp telegram tg ник доход зп зарплата зарабатывает зарабатываю получает получаю около примерно оклад месяц мес год
ок окей да нет ага угу или но если еще только очень тоже также его ее их ему ей вас вам вы мы он она они мне тебе тебя ты свой своя курс курсы курса записаться запись заявка
лид клиент контакт новый новая номера рабочий домашний личный дозвонились дозвонился ответил ответила работает работаю работал раньше бывший бывшая знакомый знакомая друг подруга муж жена брат сестра сын дочь мама
отправлено айфона iphone android телефона сообщение имя фамилия отчество город адрес компания фирма меня зовут это мой наш ваш ваша быстро срочно горячий холодный теплый важно внимание подпись
оставил оставила давайте лет года лучше пн вт ср чт пт сб вс скинуть отправить прислать презентацию прайс цену договор встреча встретиться согласовать уточнить
hello hi hey dear cheers regards kind best warm thanks thank sincerely yours truly morning afternoon evening good please call callback text email mail phone tel mobile cell wants want wanted
needs need looking interested is are was were will would like join course asks asked asking no not yes ok okay tomorrow today yesterday monday tuesday wednesday thursday friday saturday sunday
after before around about per month year budget income salary earns earning makes contact name my your his her their our i i'm im i'd i've me we you he she they it this that here there reach and or but with
for from via at on by to in the a an new lead client customer number whatsapp telegram met saw found follow followup follow-up answer answered reply sent iphone works work working worked as currently friend wife husband brother
sister kids kid son daughter username signature date asap urgent hot warm cold via speaks only also very may can could just send sending wechat signal viber info details question notes note demo trial meeting
hola buenas buenos tardes dias noches saludos saludo cordial cordiales atentamente gracias quiere quiero busca buscando pide llamar llame llamame manana hoy ayer lunes martes miercoles jueves viernes
sabado domingo soy me llamo nombre mi numero telefono celular movil correo es el la los las un una con para por sin del al desde interesado interesada necesita tiene gana ingresos sueldo mes ano anos contesta no si este esta aqui
trabaja trabajo como amigo amiga esposa esposo hermano hermana hijo hija cliente contacto nuevo nueva despues antes urgente presupuesto informacion curso cursos enviar enviado escribir escribe le interesa
ola oi bom boa dia tarde noite atenciosamente obrigado obrigada cumprimentos abraco abracos quer quero procura buscando pediu ligar liga ligue amanha ontem segunda terca quarta quinta sexta
sou chamo meu minha nome telefone telemovel zap whats aqui eu ele ela com sem para pela pelo uma um os as ao depois antes interessado interessada precisa tem ganha renda salario mes ano atende nao sim
trabalha trabalho amigo amiga esposa marido irmao irma filho filha cliente contato novo nova saber preco curso retornar enviar enviado falar gostaria tambem muito
ип самозанятость семья семьи n/a na null none unknown test тест неизвестно аноним
`
    .trim()
    .split(/\s+/),
);

/** The words next to these are not a person. */
export const companyMarks: ReadonlySet<string> = new Set(
  `
ооо ао зао пао оао тоо нко гк гбу мбоу салон студия компания группа фирма холдинг банк школа клиника отель ресторан кафе магазин агентство центр завод
ул улица пр-т проспект пер переулок бул бульвар ш шоссе наб набережная пл площадь д дом кв квартира корп корпус стр оф офис мкр г гор обл область р-н район эт этаж
ltd llc inc corp co gmbh plc llp limited company group holding holdings studio salon bank school clinic hotel restaurant cafe shop store agency center centre university college tools
street st. road rd lane avenue ave boulevard blvd drive suite floor apt apartment square sq
grupo casa sociedad sl s.l sa s.a cia compania taller tienda estudio banco escuela colegio clinica restaurante agencia centro calle avenida avda plaza paseo cl carrera piso colonia col
ltda lda eireli epp atelier loja estudio escola hospital fundacao fundacion instituto rua r travessa praca alameda bairro largo andar editora industria comercio solucoes servicios servicos consultoria
`
    .trim()
    .split(/\s+/),
);
