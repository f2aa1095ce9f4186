/** What people write before a colon, by the kind of text after it. Longer labels are tried first. */
export const labels: Readonly<Record<string, readonly string[]>> = {
  full: [
    ..."фио;ф.и.о.;ф.и.о;фамилия имя отчество;фамилия, имя, отчество;имя и отчество;имя отчество;полное имя;имя и фамилия;имя фамилия;фамилия имя;фамилия и имя;контакт;контактное лицо;клиент;лид".split(
      ";",
    ),
    ..."full name;contact name;contact person;contact;client name;customer name;customer;client;lead name;name and surname;fn;from;от кого".split(
      ";",
    ),
    ..."nombre completo;nombre y apellidos;nombre y apellido;apellidos y nombre;contacto;cliente;persona de contacto".split(
      ";",
    ),
    ..."nome completo;nome e sobrenome;nome e apelido;contato".split(";"),
  ],
  name: "имя;ваше имя;как вас зовут;зовут;name;first name;firstname;given name;forename;your name;nombre;nombre(s);nombres;nome;primeiro nome;nome próprio".split(
    ";",
  ),
  surname:
    "фамилия;surname;last name;lastname;family name;apellido;apellidos;apellido(s);sobrenome;apelido;último nome".split(
      ";",
    ),
  patronymic: "отчество;patronymic;middle name;second name;segundo nombre;nome do meio".split(";"),
  phone: [
    ..."телефон;тел.;тел;моб.;моб;мобильный;мобильный телефон;номер;номер телефона;мой номер;мой тел;сотовый;сот.;т.;м.;т;м;звонить;ватсап;вотсап;вацап;whatsapp".split(
      ";",
    ),
    ..."phone;phone number;telephone;tel.;tel;mobile;mob.;mob;cell;cell phone;cellphone;mobile phone;work phone;number;my number;ph;ph.;m;t;p;c;call;wa;viber".split(
      ";",
    ),
    ..."teléfono;telefono;teléfono móvil;móvil;movil;celular;cel.;cel;número;numero;mi número;mi cel;fono;tfno;tfno.;tlf;tlf.;tlfno;teléfono celular;whats;wsp".split(
      ";",
    ),
    ..."telefone;telemóvel;telemovel;tlm;tlm.;fone;meu número;meu zap;zap;contato telefônico".split(";"),
  ],
  email:
    "e-mail;email;mail;e mail;email address;почта;эл. почта;эл.почта;электронная почта;мейл;имейл;адрес почты;correo;correo electrónico;correo electronico;correio;e;el. mail".split(
      ";",
    ),
  telegram:
    "telegram;телеграм;телеграмм;телега;тг;тгшка;tg;телеграме;username;user name;ник;nick;ник в тг;ник в телеграм;ник в telegram;telegram username;usuario;usuario de telegram;usuário;usuário telegram".split(
      ";",
    ),
  source:
    "источник;откуда;откуда узнали;канал;канал привлечения;source;lead source;how did you hear about us;came from;fuente;origen;canal;origem;fonte;como nos conheceu".split(
      ";",
    ),
  profession:
    "профессия;должность;работа;кем работает;кем работаете;специальность;род занятий;занятость;занятие;job title;job;position;occupation;profession;title;role;work;career;profesión;profesion;ocupación;ocupacion;puesto;cargo;trabajo;profissão;profissao;ocupação;ocupacao;função;trabalho;posto".split(
      ";",
    ),
  education:
    "образование;education;degree;studies;образование/вуз;educación;educacion;estudios;formación;formacion;titulación;formação;formacao;escolaridade;educação;educacao;habilitações;nivel de estudios".split(
      ";",
    ),
  income:
    "доход;доход в месяц;ежемесячный доход;зарплата;зп;з/п;заработок;оклад;income;monthly income;annual income;salary;earnings;ingreso;ingresos;ingresos mensuales;ingreso mensual;sueldo;salario;renta;renda;renda mensal;salário;rendimento;rendimentos".split(
      ";",
    ),
  foreign:
    "дата;дата рождения;д.р.;др;день рождения;возраст;инн;кпп;огрн;снилс;паспорт;заказ;заявка;бюджет;цена;стоимость;сумма;инстаграм;инстаграмм;инста;инст;вк;вконтакте;скайп;date;dob;date of birth;birthday;bday;age;order;order id;order no;id;budget;price;cost;ssn;instagram;insta;inst;ig;skype;facebook;fb;vk;linkedin;lead;created;fecha;fecha de nacimiento;edad;pedido;presupuesto;precio;dni;nif;nie;rfc;curp;cuit;cuil;data;data de nascimento;idade;orçamento;preço;cpf;cnpj;rg;nib;iban".split(
      ";",
    ),
  comment: [
    ..."комментарий;комментарии;коммент;заметка;заметки;примечание;примечания".split(";"),
    ..."comment;comments;note;notes;comentario;comentarios;comentário;comentários;nota;notas".split(";"),
    ..."observaciones;observação;observações;obs;obs.".split(";"),
  ],
  other: [
    ..."город;адрес;компания;организация;место работы;сайт компании;время;страна;цель;запрос;тема;сообщение;вопрос;менеджер;ответственный;статус;интерес;пол".split(
      ";",
    ),
    ..."city;address;company;organization;organisation;employer;country;subject;message;question;referrer note;website;web;url;org;adr;interest;interested in;goal;status;language;time;manager;re;fwd;to".split(
      ";",
    ),
    ..."ciudad;dirección;direccion;empresa;compañía;país;asunto;mensaje;pregunta;web;interés".split(";"),
    ..."cidade;endereço;morada;assunto;mensagem;bairro;interesse".split(";"),
  ],
};
