/** Folded heads of job titles. Russian stems take case endings; Latin ones take gender and number. */
export const professions: ReadonlySet<string> = new Set(
  `
агент агроном адвокат администратор айтишник актер актриса аналитик аниматор артист архитектор аудитор бариста бармен безработный
библиотекарь бизнесмен биолог блогер бортпроводник брокер бухгалтер ветеринар визажист водитель воспитатель воспитательница врач
гендиректор геодезист геолог геофизик гид гинеколог горничная грузчик дерматолог диджей дизайнер диспетчер директор домохозяйка
доктор доула журналист завуч заведующий заведующая замдиректора звукорежиссер зубной издатель инженер инспектор инструктор историк кадровик
каменщик кардиолог кассир кинолог кладовщик кондитер консультант контролер копирайтер корректор косметолог космонавт кузнец курьер
лаборант лингвист логист логопед логистик маляр маникюрша маркетолог массажист мастер математик машинист мебельщик медбрат медик медсестра менеджер
механик методист механизатор модель модельер монтажник монтажер моряк музыкант начальник невролог нотариус нумеролог нутрициолог няня
оператор оптометрист официант официантка охранник охотовед офтальмолог оценщик парикмахер педагог педиатр пекарь пенсионер пенсионерка
переводчик писатель плотник повар пожарный полицейский предприниматель предпринимательница преподаватель пресс-секретарь препод
программист продавец продавец-консультант продакт продюсер прораб провизор прокурор проектировщик психиатр психолог психотерапевт
разработчик рабочий радиолог редактор режиссер ректор ресторатор репетитор риелтор риэлтор рентгенолог руководитель рыбак садовник самозанятый
самозанятая сантехник сварщик секретарь следователь слесарь снабженец социолог специалист спортсмен сторож строитель стоматолог
стилист страховщик студент студентка стюардесса судья сценарист таксист танцор татуировщик тестировщик технолог техник токарь товаровед
топ-менеджер тренер трейдер тракторист турагент тьютор уборщица уборщик управляющий управляющая учитель учительница фармацевт фельдшер ферм
фермер физик филолог финансист финдиректор флорист фотограф фрилансер фрезеровщик хирург химик хореограф художник чиновник швея шеф-повар шофер
школьник школьница экономист экскурсовод эколог электрик электромонтер эндокринолог энергетик эксперт юрист юрисконсульт ювелир пиарщик сммщик
смм-менеджер смм таргетолог айтишница верстальщик девопс бэкенд фронтенд программер сисадмин сметчик гувернантка акушерка ассистент
ассистентка помощник помощница секретарша сотрудник лектор доцент профессор аспирант аспирантка военнослужащий военный офицер летчик пилот штурман капитан
кочегар лесник лесничий мясник обувщик портной портниха реставратор скульптор столяр телеведущий ведущий ведущая диктор кровельщик отделочник крановщик
бригадир автослесарь автомеханик автоэлектрик косметик бровист лэшмейкер нейл-мастер подолог остеопат ортодонт ортопед уролог онколог терапевт анестезиолог
реаниматолог стендапер комик поэт поэтесса певец певица композитор режиссерка диетолог фитнес-тренер спикер астролог таролог сомелье ютубер стример реэлтор
мұғалім дәрігер есепші жүргізуші аспазшы заңгер кәсіпкер оқушы мейірбике құрылысшы сатушы
хозяйка владелец владелица основатель собственник учредитель акционер инвестор коуч тимлид дефектолог нянечка арт-директор
accountant activist captain practitioner therapist psychoanalyst surveyor anesthetist hygienist barkeeper bouncer joiner glazier scaffolder groundworker postman mailman paramedic clinician instructor
accountant activist actor actress actuary administrator admin adviser advisor agent agronomist analyst anesthesiologist animator architect archaeologist artist
assistant associate astronomer athlete attorney auditor author baker banker barber barista barrister bartender beautician biologist
blogger boilermaker bookkeeper botanist bricklayer broker builder bus butcher buyer caregiver carer caretaker carpenter cashier caterer ceo cfo coo cto cmo cio
chaplain chef chemist chiropractor choreographer cleaner clerk coach coder comedian composer conductor consultant contractor controller cook
copywriter coordinator counselor counsellor courier curator dancer dealer decorator dentist dermatologist designer detective developer devops dietician
dietitian director dispatcher diver doctor dressmaker driver ecologist economist editor electrician engineer entrepreneur esthetician executive
farmer filmmaker firefighter fisherman fitter florist founder cofounder co-founder freelancer gardener geologist geographer goldsmith graphic grocer guard guide hairdresser hairstylist
handyman head historian homemaker hostess housekeeper housewife hygienist illustrator influencer inspector instructor interpreter investor jeweler jeweller
journalist judge laborer labourer landlord landscaper lawyer lecturer librarian lifeguard linguist locksmith logistician machinist magician maid
makeup-artist manager marketer mason masseur masseuse mathematician mechanic merchandiser merchant midwife miner minister model musician nanny
neurologist notary novelist nurse nutritionist officer operator optician optometrist orthodontist osteopath owner painter paralegal paramedic
partner pastor pathologist pediatrician pensioner pharmacist philosopher photographer physician physicist physiotherapist physio pianist pilot plasterer
playwright plumber podiatrist poet policeman politician porter potter president presenter priest principal producer professor programmer
psychiatrist psychologist psychotherapist publicist publisher radiographer radiologist ranger realtor receptionist recruiter referee
reporter representative researcher retired retiree roofer sailor salesman salesperson saleswoman scientist screenwriter sculptor seamstress
secretary self-employed seller shopkeeper singer sociologist soldier solicitor specialist statistician steward stewardess stockbroker strategist student stylist
superintendent supervisor surgeon surveyor tailor teacher teller technician technologist teletherapist tester therapist tiler trader trainer trainee
translator treasurer truck trucker tutor unemployed undertaker underwriter upholsterer vet veterinarian videographer vp waiter waitress warden welder
woodworker worker writer zoologist videomaker youtuber blacksmith brewer bellhop doorman flight-attendant attendant planner underwriter
abogad academic actor actriz administrador administrativ aeromoz agente agricultor agronom albanil ama analista anestesiolog animador arquitect
arqueolog artesan artista asesor asesora asistente asistent atleta autonom auxiliar azafat ayudante bailarin bailarina barbero barista barman bibliotecari biolog bombero bomber
botanic brocker cajer camarer camioner cantante capataz cardiolog carniher carnicer carpinter cartero cerrajer chef chofer choferesa cientific ciruian cirujan
cociner comerciante comercial conductor conserje constructor consultor consultora contador contadora contable contratista coordinador coordinadora corredor cosmetolog
costurer creador cuidador cuidadora decorador decorano dentista dependient deportista dermatolog desarrollador desarrolladora dibujante director directora disenador disenadora docente doctor doctora dueno duena
economista editor editora educador educadora ejecutiv electricista electronic emplead empresari emprendedor emprendedora encargad enfermer entrenador entrenadora escritor escritora
especialista estadistic estilista estudiante estheticist esteticista farmaceutic filologo fisioterapeuta fisic florista fontaner fotograf freelance funcionari fundador fundadora ganader geolog geograf gerente gestor gestora
ginecolog guardia guia herrer historiador ilustrador ilustradora informatic ingenier inspector instructor instructora interiorista interprete investigador investigadora jardiner jefe jefa
joyer jubilad juez jueza librer licitador locutor locutora logopeda maestr manicurista maquillador maquilladora maquinista marinero marketer masajista matematic mecanic mesero mesera mesera medic
militar minero modelo modista monitor monitora music musico nutricionista ninera notari obrer oculista odontolog operador operadora operari optic orientador panadera panader pasteler
peluquer pediatra periodista peluqer pescador pintor pintora piloto plomer policia portero presidente president procurador productor productora profesor profesora profe programador programadora propietari psicolog psicopedagog
psiquiatra publicista quimic quiropractic radiolog recepcionista redactor redactora repartidor repartidora reporter representante responsable reponedor sastre secretari sociolog soldador
socorrista subdirector supervisor supervisora taxista tecnic tendero terapeuta topograf traductor traductora transportista trabajador trabajadora trader tutor vendedor vendedora veterinari vigilante visagista
advogad agronom aposentad arquitet artesao artesa assessor assessora assistente assistent atendente atleta ator atriz auxiliar baba barbeir barista bibliotecari bombeir
borracheir bancari cabeleireir caixa camareir caminhoneir cantor cantora carpinteir carteir chaveir chefe cientista cirurgia cirurgiao comerciante comissari confeiteir
consultor consultora contabilista contador contadora coordenador coordenadora corretor corretora costureir cozinheir cuidador cuidadora dentista designer desenvolvedor desenvolvedora despachante desempregad
diarista diretor diretora domestica dona economista editor educador educadora eletricista empregad empreendedor empreendedora empresari encanador enfermeir engenheir escritor escritora especialista
esteticista estagiari estilista estudante farmaceutic faxineir feirante fisioterapeuta fiscal fotograf fonoaudiolog fundador fundadora funcionari funileir garcom garconete gerente gestor gestora guarda guia historiador
jardineir jornalista juiz juiza lojista locutor manicure maquiador maquiadora marceneir marketeir massagista mecanic medic merendeir mestre militar modelo motoboy motorista musico musicista nutricionista
operador operadora operari padeir pastor pedagog pedreir personal pescador pintor pintora porteir policial procurador produtor produtora professor professora programador programadora promotor promotora
proprietari psicolog psiquiatra publicitari quimic recepcionista redator redatora relojoeir repositor reporter representante sapateir secretari seguranca serralheir servente sindic sociolog socorrista
soldador supervisor supervisora taxista tatuador tatuadora tecnic terapeuta torneir tradutor tradutora treinador treinadora tutor vendedor vendedora veterinari vigia vigilante vidraceir youtuber zelador zeladora reformad licenciad
`
    .trim()
    .split(/\s+/),
);
