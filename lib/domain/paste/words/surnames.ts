/**
 * Frequent Spanish, Portuguese and English surnames from @faker-js/faker 10.6.0 (MIT licence), in lower case and
 * without accents.
 */
export const surnames: ReadonlySet<string> = new Set(
  `
abbott abernathy abeyta abrego abreu abshire acevedo acosta acuna adame adams adorno agosto aguayo aguilar
aguilera aguirre alanis alaniz alarcon alba albuquerque alcala alcantar alcaraz alejandro aleman alexander
alfaro alicea almanza almaraz almeida almonte alonso alonzo altamirano altenwerth alva alvarado alvarez
alves amado amador amaral amaya amorim anaya anda anderson andrade anguiano angulo anjos ankunding antunes
aparicio apodaca aponte aragon arana aranda araujo arce archuleta arellano arenas arevalo arguello arias
armas armendariz armenta armijo armstrong arredondo arreola arriaga arroyo arteaga assuncao atencio auer
aufderhar avalos avila aviles ayala azevedo baca badillo baez baeza bahena bahringer bailey balderas
balistreri ballesteros banda banuelos baptista barajas barbosa barela barragan barraza barrera barreto
barrientos barrios barros barrows bartell bartoletti barton bashirian batista batz bauch baumbach bayer
beahan beatty becerra bechtelar becker bednar beer beier belmonte beltran benavides benavidez benitez berge
bergnaum bergstrom bermudez bernal bernhard bernier berrios betancourt bins blanco blanda blick block bode
boehm bogan bogisich bonilla borer borges borrego bosco botello botsford boyer boyle bradtke braga brakus
branco braun bravo breitenberg brekke briones briseno brito brown bruen buckridge bueno burgos bustamante
bustos caballero caban cabrera cadena caldera calderon calvillo camacho camarillo campbell campos canales
candelaria cano cantu caraballo carbajal cardenas cardona cardoso carmona carneiro carranza carrasco
carrasquillo carreon carrera carrero carrillo carrion carroll carter cartwright carvajal carvalho casanova
casares casarez casas casillas casper cassin castaneda castellanos castillo castro cavazos cazares ceballos
cedillo ceja centeno cepeda cerda cervantes cervantez chacon champlin chapa chavarria chavez christiansen
cintron cisneros clark clarke coelho cole collado collazo collier collins colon colunga concepcion conn
connelly conroy considine contreras cordero cordova corkery cormier cornejo corona coronado corral corrales
correa correia cortes cortez corwin costa cotto covarrubias cox cremin crespo crist crona cronin crooks
cruickshank cruz cuellar cummerata cummings cunha curiel dach daniel dare daugherty davies davila davis
deckow delacruz delafuente delagarza delao delapaz delarosa delatorre deleon delgadillo delgado delrio
delvalle denesik diaz dibbert dickens dicki dickinson dietrich doherty domingues dominguez dominquez
donnelly dooley douglas doyle duarte dubuque duenas duran durgan ebert echevarria edwards effertz elizondo
emard emmerich enriquez erdman ernser escalante escamilla escobar escobedo esparza espinal espino espinosa
espinoza esquibel esquivel esteves estevez estrada evans fadel fahey fajardo falcao faria farias farrell fay
feeney feest feil feliciano fernandes fernandez ferreira ferrer ferry fidelis fierro figueiredo figueroa
fisher flatley flores florez fonseca fraga frami franco franecki franey freitas frias friesen fritsch
fuentes funk furtado gaitan galarza galindo gallardo gallegos galvan galvez gamboa gamez gaona garay garcia
garden garibay garica garrido garza gaspar gastelum gaytan gerhold gerlach gibson gil giron gislason gleason
gleichner glover godinez godoy goldner gollum gomes gomez goncalves gonzales gonzalez goodwin gorczany
gottlieb goyette gracia grady graham granado granados grant green greenfelder greenholt griego griffiths
grijalva grimes guajardo guardado guerra guerreiro guerrero guevara guillen gulgowski gurule gusikowski
gutierrez gutkowski gutmann guzman haag hackett hagenes hahn haley hall halvorson hamill hamilton hammes
hand hane hansen harber haro harris hartmann harvey hauck hayes heaney heathcote hegmann heidenreich heller
henriques henriquez heredia herman hermann hermiston hernadez hernandes hernandez herrera herzog hessel
hettinger hickle hidalgo hill hilll hills hilpert hinojosa hintz hirthe hodkiewicz hoeger holguin homenick
hoppe howe howell hudson huel huels huerta hughes huixtlacatl hurtado hyatt ibarra iglesias irizarry jackson
jacobi jacobs jacobson jaime jaimes jakubowski james jaquez jaramillo jaskolski jasso jast jenkins jerde
jesus jimenez jiminez johns johnson johnston jones juarez jurado kadar kamal kamat kanaria kanea kanimal
kano kanzaki kaplan kara karam karan kardache karem karen kassulke kautzer keebler keeling kelly kemmer
kerluke kertzmann kessler khalid khan kiehn kihn kilback kindelan king kirlin klein kling klocko koch
koelpin koenig koepp kohler konopelski korta kortajarena koss kovacek kozey krajcik kranz krasnova krauel
kreiger kris kshlerin kub kuhic kuhlman kuhn kulas kunde kunze kuphal kutch kuvalis kuzmina kyra labadie
laboy lacerda lakin lang langosh langworth lara larkin larson laureano leal leannon lebron lebsack ledesma
ledner lee leffler legros lehner leite leiva lemke lemus leon lerma lesch leuschke lewis leyva lima limon
linares lind lindgren lira littel little llamas lockman loera lomeli longoria lopes lopez los loureiro
lourenco lourinho lovato lowe loya lozada lozano lubowitz lucero lucio lueilwitz luettgen luevano lugo luna
lynch macdonald macedo macejkovic macgyver machado macias madera madrid madrigal maestas magalhaes magana
maggio maia malave maldonado mann mante manzanares mares marin mariz marks marquardt marques marquez marrero
marroquin martin martinez martins marvin mascarenas mason mata mateo matias matos maya mayer mayert mayorga
mcclure mccullough mcdermott mcglynn mckenzie mclaughlin medeiros medhurst medina medrano meireles mejia
melendez melgar melo mena menchaca mendes mendez mendoza menendez meraz mercado merino mertz mesa mesquita
metz meza miller mills miramontes miranda mireles mitchell moen mohr mojica molina monahan mondragon monroy
montalvo montanez montano monteiro montemayor montenegro montero monteros montes montez montoya moore mora
moraes morais morales morar moreira moreno morgan morissette morrison mosciski moss mota moura moya mraz
mueller muller munguia muniz munoz murazik murillo muro murphy murray nader najera nanez naranjo narvaez
nascimento natera nava navarrete navarro nazario negrete negron neto nevarez neves nguyen nicolas nienow
nieto nieves nikolaus nino nitzsche nobre nogueira nolan noriega nunes nunez oberbrunner ocampo ocasio ochoa
ojeda okuneva oliva olivares olivarez olivas oliveira olivera olivo olmos olson olvera ondricka ontiveros
oquendo ordonez orellana orn ornelas orosco orozco orta ortega ortiz osinski osorio otero owen ozuna pabon
pacheco pacocha padberg padilla padron paez pagac pagan paiva palacios palomino palomo pantoja paredes
parisian parker parra partida patel paterson patino paucek paz pedraza pedroza peixoto pelayo pena perales
peralta perea pereira peres perez pfannerstill pfeffer phillips pichardo pimentel pina pineda pinheiro pinho
pinto pires pizarro polanco pollich ponce porras portillo posada pouros powlowski prado preciado predovic
price prieto prohaska prosacco puente puga pulido purdy queiroz quesada quevedo quezada quigley quinn
quinones quinonez quinta quintairos quintana quintanilla quintero quiros quiroz quitzon rael ramirez ramon
ramos rangel raposo rascon rath ratke rau raya raynor razo rees regalado reichel reichert reid reilly
reinger reis rempel rendon renner renteria resendez reyes reyna reynolds reynoso ribeiro rice richards rico
rincon riojas rios rippin ritchie rivas rivera rivero robel roberts robertson robinson robledo robles rocha
rodarte rodrigez rodrigues rodriguez rodriquez rogahn rohan rojas rojo roldan rolfson rolon romaguera romero
romo roob roque rosado rosales rosario rosas rose rosenbaum ross rowe roybal rubio ruecker ruelas ruiz
runolfsdottir runolfsson runte russel rutherford ryan saavedra saenz saiz salas salazar salcedo salcido
saldana saldivar salgado salinas samaniego sanabria sanches sanchez sandoval sanford sans santacruz santana
santiago santillan santos sarabia saraiva satterfield sauceda saucedo sauer sawayn schaden schaefer
schamberger schiller schimmel schinner schmeler schmidt schmitt schneider schoen schowalter schroeder
schulist schultz schumm schuppe schuster scott sedillo segovia segura senger sepulveda serna serra serrano
serrato sevilla shanahan shields sierra silva simoes simonis sipes sisneros skiles smith smitham smyth
soares solano solis soliz solorio solorzano soria sosa sotelo soto sousa souza spencer spinka sporer stamm
stanton stark stehr steuber stewart stiedemann stokes stoltenberg stracke streich stroman strosin suarez
swaniawski swift tafoya tamayo tamez tapia tavares taylor teixeira tejada tejeda tellez tello teran terrazas
terry thiel thomas thompson thomson tijerina tillman tirado toledo toro torp torphy torres torrez tovar
towne toy trantow trejo tremblay treutel trevino tromp trujillo turcotte turner ulibarri ulloa ullrich upton
urbina urena urias uribe urrutia vaca valadez valdes valdez valdivia valencia valente valentin valenzuela
valladares valle vallejo valles valverde vandervort vanegas varela vargas vasquez vaz vazquez vega veiga
vela velasco velasquez velazquez velez veliz venegas vera verdugo verduzco vergara veum vicente vieira viera
vigil villa villagomez villalobos villalpando villanueva villareal villarreal villasenor villegas volkman
von vonrueden waelchi walker walsh walter ward waters watsica watson weber wehner weimann weissnat welch
west white wiegand wilderman wilkinson will williams williamson willms wilson windler wintheiser wisoky
wisozk witting wiza wolf wolff wood wright wuckert wunsch wyman xacon xairo xana xavier xenia xiana xicoy
yago yami yanes yanez ybarra yebra yost young yundt yunta zabaleta zamarreno zamarripa zambrana zambrano
zamora zamudio zapata zaragoza zarate zavala zayas zboncak zelaya zemlak zepeda ziemann zieme zulauf zuniga
archer bailey baker barber bishop butler carpenter carter chandler clark coleman cook cooper dean draper duke farmer fisher fletcher
forester foster fowler gardener gardner hunter judge king knight major marshall mason mercer miller page painter palmer parker pastor
porter potter prince reeve sawyer shepherd singer slater smith steward stewart tanner taylor thatcher turner tyler walker ward weaver
webster wheeler wright zimmerman herrero guerrero cantero caballero molinero zapatero escudero barbero cordero montero
carvalheira ferreira moreira nogueira oliveira pereira siqueira teixeira vieira silveira cerqueira batista baptista
`
    .trim()
    .split(/\s+/),
);
