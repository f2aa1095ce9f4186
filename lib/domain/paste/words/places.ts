/** Folded names of cities that often stand next to names. They are neither a name nor a job. */
export const places: ReadonlySet<string> = new Set(
  `
москва мск петербург санкт-петербург спб питер новосибирск екатеринбург екб казань нижний новгород челябинск самара омск ростов ростов-на-дону уфа красноярск
воронеж пермь волгоград краснодар саратов тюмень тольятти ижевск барнаул ульяновск иркутск хабаровск ярославль владивосток махачкала томск
оренбург кемерово новокузнецк рязань астрахань пенза киров липецк тула калининград курск сочи тверь брянск иваново белгород сургут магнитогорск архангельск
смоленск калуга чита вологда мурманск тамбов грозный якутск подольск химки балашиха мытищи алматы астана шымкент караганда актобе атырау тараз павлодар
актау костанай кызылорда уральск петропавловск семей нур-султан бишкек ташкент самарканд душанбе ереван тбилиси батуми баку киев харьков одесса львов днепр минск гомель
брест витебск рига вильнюс таллин кишинев лондон берлин париж мадрид барселона лиссабон дубай стамбул анталья россия казахстан украина беларусь германия сша
moscow almaty astana kyiv kiev tbilisi yerevan baku tashkent minsk london manchester birmingham leeds liverpool bristol glasgow edinburgh sheffield york cardiff belfast
newcastle nottingham leicester brighton oxford cambridge boston chicago houston dallas phoenix philadelphia seattle denver miami atlanta detroit portland brooklyn toronto
vancouver montreal dublin sydney melbourne berlin paris rome milan amsterdam dubai istanbul texas california florida usa uk
madrid barcelona valencia sevilla zaragoza malaga murcia palma bilbao alicante cordoba valladolid vigo gijon granada oviedo cadiz salamanca burgos tarragona girona marbella
mexico cdmx guadalajara monterrey puebla tijuana leon queretaro merida cancun toluca oaxaca veracruz chihuahua hermosillo bogota medellin cali lima quito caracas montevideo
rosario mendoza bariloche argentina espana colombia peru chile
lisboa porto braga coimbra faro aveiro setubal evora viseu leiria guimaraes funchal cascais sintra portugal brasil
curitiba recife fortaleza manaus belem goiania campinas natal maceio niteroi florianopolis floripa brasilia uberlandia londrina santos joinville sorocaba cuiaba aracaju teresina
`
    .trim()
    .split(/\s+/),
);
