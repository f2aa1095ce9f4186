/**
 * Folded given names: lower case, no accents, ё as е. Most come from the name lists of @faker-js/faker 10.6.0 (MIT
 * licence). Short forms and the names of Kazakhstan and the Caucasus are ours.
 */
export const givenNames: ReadonlySet<string> = new Set(
  `
aaliyah aaron abagail abbas abbey abbie abbigail abbos abby abdiel abdon abdonie abdul abdulahad abdulazim
abdulaziz abdulboriy abdulhafiz abdulhakim abdulhay abdulholiq abduljabbor abduljalil abdulkarim abdulla
abdullah abdullatif abdulmalik abdulqahhor abdulqodir abdulvahhob abdulvali abdulvohid abdurrahiym
abdurrahmon abdurrauf abdurrazzoq abdussamad abe abel abelard abelardo abelin abeline abigaelle abigail
abigale abigayle abner abondance abraham abril absalon acace acacie acanthe achaire achille achim ada adah
adalard adalbald adalbaude adalberon adalbert adalberto adaline adalric adalsinde adam adan addie addison
adegrin adegrine adel adela adelaida adelaide adelajda adelbert adele adelia adelie adelin adelina adeline
adeliya adell adella adelle adelphe adeltrude adenet adeodat adhemar adi adiba adil adilson adina aditya
adjutor adolf adolfo adolph adolphe adolphie adolphus adonis adonise adrain adrastee adrehilde adrian
adriana adrianna adriano adriel adrien adrienne afal afaq afarim afat afonso afruza afton afzuna agapet
agata agathange agathe agathon agaton aggie agilbert agilberte aglae aglaia agnan agnane agneflete agnes
agnieszka agnos agostina agripina agrippin agrippine agrypina agustin agustina ahmad ahmed ahmet ahror aida
aidan aidana aidar aiden aigerim aigul aiko aileen ailton aimable aime aimee ainhoa ainur aisha aitor aiyana
aizhan akeem akif akifa akira akmal akmaral akram al alain alaina alaine alais alan alana alanis alanna
alasdair alayna alba alban albane alberade alberic albert alberta alberte albertha albertina alberto albin
albina alcibiade alcide alcidie alcime alcine alcyone alda aldegonde alden aldonce aldric alea aleaume alec
aleen alejandra alejandrin alejandro alek aleksander aleksandr aleksandra aleksey aleksy alena alene aleodor
alessa alessandra alessandro alessia alessio aleth aletha alex alexa alexander alexandra alexandre
alexandrea alexandria alexandrina alexandrine alexandro alexandru alexane alexanne alexe alexei alexey
alexia alexie alexine alexis alexys alexzander aleyna alf alfonso alfonzo alford alfred alfreda alfredo ali
alia alibek alica alice alicia alicja alida alienor aliette alima alin alina aline alis alisa alisha alisher
alison alissa alistair alistar alivia alix aliya aliyah aliza alize allan allegra allen allene alliaume
allie allison ally alma almas almine almire alois aloise alondra alonzo aloyse alphee alphonse alphonsine
alphonso alpinien alsu alta althea althee alton altynay alua alva alvah alvena alvera alverede alverta alvin
alvina alvis alwar alyce alycia alyona alysa alysha alyson alyssa alysson amabela amaia amalia amaliane
amalric amalthee amanda amande amandin amandine amani amant amante amar amara amarande amaranthe amari
amaryllis amaya amber ambre ambroise ambroisie ambrose ambrozy amedee amedeu amelia ameliane amelie amelien
ameline amely america americo amethyste amid amie amiel amina aminte amir amira amit amiya amon amos amour
amparo amy amya amza ana anabel anabela anabelle anael anaelle anahi anahit anaida anais anamaria anar anas
anastacio anastase anastasia anastasie anastasiia anastasiya anastazja anatol anatole anatolie anca ancelin
anceline ancuta anda andeol ander anderson andoche andra andrada andre andrea andreane andreanne andreas
andree andreea andrei andres andrew andrey andriy andrzej andy andzelika anemona anemone aneta angadreme
ange angel angela angele angeles angelica angelina angeline angelique angelita angelo anghel anghelina angie
angilbe angilberte angilran angoustan angus anh ani anibal anica anicee anicet anicette anika anil anisoara
anissa anita aniya aniyah anja anjali ann anna annabel annabell annabelle annalena annalise annamae
annamarie anne anneke annelie annemarie annetta annette anni annibal annie annika annonciade anny anora
anouk ansbert ansberte ansel anselme ansgar ansgary ansley anstrudie anthelme anthelmette anthony antide
antigone antim antoaneta antoine antoinette anton antone antonela antonella antonetta antonette antoni
antonia antonie antonietta antonin antonina antonine antonio antoniu antwan antwon anush anuta anvar anya
aoife aphelie apollinaire apollinary apolline apollo april aqil aquilin aquiline ara arabelle araceli
aracely aram arcade arcadie arch archambaud archange archibald archie arda ardella arden ardith arely argine
ari ariadna arian ariana ariane arianna aric aricie ariel arielle arina ariste aristide aristita arjun
arkadiusz arkady arlene arlette arlie arlo arman armance armand armande armandine armando armani armel
armeline armelle armen armide armin armine arnaldo arnaud arnaude arne arno arnold arnoldo arnould arnulfo
arolde aron arsene arsenie arseniusz arseny arsinoe arslon art artem artemis artemisa arthaud artheme arthur
arthurine artur arturo artyom arun aruzhan arved arvel arvid arvilla arwen aryanna arystarch asa asad
asadulloh asal ascelin asceline ascension asel asem asha ashlee ashleigh ashley ashly ashlynn ashok ashot
ashton ashtyn asia asila asilbek askar asliya asolat assel asset assomption assunta astarte asterie astree
astrid astride asuncion asya atanazy atena athalie athanase athanasie athena athenais athina aube aubertine
aubree aubrey aubry aude audebert audeline audie audouin audra audran audreanne audrey august augusta
auguste augustin augustina augustine augustus aura aure aurea aurel aurele aurelia aurelian aureliana
aurelie aurelienne aurelio aurelle aurian auriane aurica aurora aurore austen austin austyn autumn auxane
auxence ava avaz aveline avery avigaelle avis avoye avram axel axeline axelle axinte ayan ayana aydan ayden
ayesha aygul aygun ayla ayleen aylin ayman aymard aymardine aymeric aymon aymonde aynur ayse aysel aytan
azalee azamat azelie azeline aziz aziza azra baby bahar bahodir bahram bahriddin bahrom bahruz bailee bailey
bakhtiyor baldwin balthazar banel banu bao baptiste baran barb barbara barbe barbu barchinoy baris barnabe
barnaby barney barno baron barrett barry bart barthelemy bartholome bartimee bartolomeu barton basarab
basile basilisse bastian bastien bathilde batuhan baudouin baurzhan bautista bauyrzhan baxtiyar bayaz baylee
bazyli beatrice beatriz beatrycze beau beaulah bebe becky begona begoyim behruz beibit bekmurod bekzat
bekzod bela belinda bell bella belle ben benedict benedicte benedikt benedita benedykt beniamin benicio
benigne benito benjamim benjamin bennet bennett bennie benno benny benoit benone bent benton beranger
berangere berard berat berenice berik berkay bernadette bernadine bernard bernardo bernd berneice bernhard
bernice bernie berniece bernita berry bert berta bertha berthe bertille bertram bertrand beryl bess bessie
beth bethany bethel betina beto betsy bette bettie betty bettye beulah beuve beverly bianca bianka bibiana
bibianna bilal bill billie billura billy bilol binafsha birdie bjarne bjorn blair blaise blake blanca
blanche blandine blanduzia blaze blazej bob bobbie bobby bobur bogdan bogdana bohemond bolat bon boniface
bonita bonnie boris borys botagoz botir bouchard boyd brad braden bradford bradley bradly bradut brady
braeden brain brajan brandi brando brandon brandt brandusa brandy brandyn brannon branson brant braulio
braxton brayan breana breanna breanne brenda brendan brenden brendon brenna brennan brennon breno brent bret
brett bria briac brian briana brianne brice bridget bridgette bridie brielle brieuc brigitte brionna brisa
britney brittany brock broderick brody brook brooke brooklyn brooks brown bruce bruna brunehaut brunehilde
bruno bryan bryana bryant bryce brycen brygida bryon buck bucur bud buddy buford bulah burak burdette burhon
burley burnice buster byron cade caden caesar caetana caio caitlin caitlyn caius cale caleb calebe caleigh
cali calin calista calixte callie callum calvin camden camelia camelien cameron camil camila camilla camille
camillien camren camron camryn camylle can candace candela candelario candice candida candide candido cansu
cantemir capucine cara carey caribert caridad carina carine carissa carl carla carlee carles carleton carley
carli carlie carlo carloman carlos carlota carlotta carlton carmel carmela carmella carmelo carmen carmina
carmine carminho carmo carol carolanne carole carolin carolina caroline carolyn carolyne carrie carroll
carson carter cary casandra casey casian casiana casimer casimir caspar casper cassandra cassandre cassidy
cassie cassien catalin catalina catarina caterina catharina catharine catherine cathrine cathryn cathy
catinca catrin catrina catrinel caua cayla cazimir ceasar cecelia cecil cecile cecilia cecylia cecyliusz
cedric cedrick cedrik cedrin celeste celestin celestine celestino celia celien celina celine cem cerasela
cerys cesaire cesar ceyda ceyla ceylin cezar cezara cezary chad chadd chadrick chaim chance chandler chanel
chanelle chantal charity charlaine charleen charlemagne charlene charles charley charlie charline charlotta
charlotte charo chase chasity chauncey chaya chayenne chaz chelo chelsea chelsey chelsie chema chen cheryl
chesley chester chet cheyanne cheyenne chi chiara childebert chilperic chloe chretien chris christ christa
christelle christian christiana christiane christiano christie christin christina christine christodule
christop christoph christophe christopher christy chrysole chrysostome chuck chyna ciara cicero cielo cierra
cindy ciprian cipriana ciro citlali citlalli claas clair claire clara clarabelle clare clarence clarisa
clarissa clarisse clark claud claude claudia claudie claudien claudine claudio claudiu clay clayton cleandre
cleber clelie clemence clemens clement clemente clementina clementine clemmie cleo cleopatra cleora clery
cleta cletus cleve cleveland clifford clifton clint clinton clio clotaire clotilde clovis cloyd clyde coby
codin codrin codrina codrut codruta cody colby cole coleman colin coline colleen collien collin colt colten
colton columbus come conceicao concepcion conception concha conchita conner connie connor conor conrad
constanca constance constant constanta constantin constantina consuela consuelo cooper cora coralia coralie
coraline corbin cordelia cordell cordia cordie corene corentin corentine corey corina corine corinna corinne
cornel cornelia corneliu cornelius cornell corrine cortez cortney corvin cory cosima cosmin cosmina costache
costel costin coty courtney coy craig crawford crenguta creola crin crina cristal cristea cristian cristiano
cristina cristobal cristofor cristopher cruz crystal crystel cullen curt curtis cydney cynthia cyprien cyra
cyriaque cyrielle cyril cyrille cyrus cyryl dacian daciana dafina dagmar dahlia daiana daija daisha daisy
dakota dale dalia dalila dallas dallin dalton damaris dameon damian damien damion damla damon dan dana
danara dandre dane dangelo danial daniel daniela daniella danielle daniil danika danila danilo daniyar daniz
dannie danny dante danyka dao daphne daphnee daphney darby daren daria darian dariana darien darin dario
darion darius dariusz darla darleen darlene darnell daron darrel darrell darren darrick darrin darrion
darron darryl darwin darya daryl daryna dasha dashawn dasia daulet dauren dave davi david davide davin
davion davit davon davonte davriya davron dawid dawn dawson dax dayana dayna dayne dayton dean deangelo
deanna debbie debora deborah debra decebal declan dedric dedrick dee deepa deepak defne deion deja dejah
dejon dejuan delaney delbert delfina delia delilah dell della delmer delores delpha delphia delphin delphine
delta demarco demarcus demario demetra demetris demetrius demetriusz demond dena deneval denis denisa denise
deniz dennis denny deolinda deon deondre deontae deonte dereck derek derick deron derrick deshaun deshawn
desire desiree desmond despina dessie destany destin destinee destiney destini destiny devan devante deven
devin devon devonte devyn dewayne dewey dewitt dexter diamond diana diane dianna dianne dias dida didier
didina diego dieter dieudonne dieudonnee dilafruz dilara dilbar dildora dilfuza dillan dillon dilmurod
dilnoza dilorom dilrabo dilshod dimitri dimitrina dina dinara dinis dino dinu diogo dion dionizy divya dixie
diyor diyora dmitri dmitriy dmitry dmytro dochia dock doina dolly dolores domenic domenica domenick domenico
domenik domingo dominic dominick dominik dominique domnica donald donato donavon donna donnell donnie donny
dora dorcas doreen dorel dorian doriana doriane dorin dorina dorine dorinel doris dorli dorota dorotea
dorothea dorothee dorothy dorris dortha dorthy doru douce doug douglas dovie dovud doyle draga dragos drake
drew duane duarte duc ducu dudley dulce duman dumitra dumitrana dumitru duncan dung durdona durward dustin
dusty dwayne dwight dylan earl earlene earline earnest earnestine easter easton ebba ebony ecaterina ece
ecrin ed eda edd eddi eddie eddy eden edgar edgard edgardo edison edith edmee edmond edmund edna edouard
edson eduard eduarda eduardo edward edwardo edwin edwina edyta edyth edythe efe effie efraim efrain efrem
efren eftimia eftimie ege egor eileen einar eino eka ekaterina ela eladio elaina elaine elanur elbek elbert
elchin elda eldon eldor eldora eldred eldridge elea eleanor eleanora eleanore eleazar electa elena eleni
elenor elenora eleonora eleonore eleuthere elfrieda eli elia eliah elian eliana eliane elias eliasz elie
eliezer elif elijah elina elinor elinore elisa elisabeta elisabeth elisaveta elise elisee eliseo elisha
elisio elissa eliza elizabeth ella ellada ellen elli ellie elliot elliott ellis ellsworth elly elmer elmira
elmo elmore elmurod elna elnara elnora elnur eloa elodia elodie elody eloisa eloise elouise eloy elroy elsa
else elshan elsie elta elton elva elvera elvie elvira elvis elwin elwira elwyn elyanora elyor elyse elyssa
elza elzbieta elzear ema emanoil emanuel emanuela emanuelly emanuil emelia emelie emeline emely emerald
emerance emerencie emeric emerson emery emie emiko emil emile emilia emilian emiliano emilie emilio emily
emin emir emirhan emma emmalee emmanuel emmanuelle emmelie emmely emmet emmett emmi emmie emmitt emmy emory
emre ena encarnacion enes enguerrand enid enie enna enno enoch enola enos enrico enrique enya enzo eoin
ephraim epiphane era erast erbol eremia eren eriberto eric erica erich erick ericka erik erika erin erlan
erling erma erna ernest ernestina ernestine ernesto ernie ervin erwin eryn esma esmeralda esmira esperanza
esra essie esta esteban estefania estel estela estell estella estelle ester estera estevan esther estrella
etha ethan ethel ethelyn ethyl etienne ettie eubert eudes eudokia eudoksja eudora eudoxe eudoxie eufrosina
eugen eugene eugenia eugenie eugeniusz eula eulah eulalia eulalie eun euna eunice euphrasie eusebe eusebia
eusebie eusebio eusebiu eustache eustatiu eustracjusz eva evalyn evan evangeline evanghelina evans evariste
eve evelin evelina eveline evelyn evelyne everardo everett everette evert everton evgenia evgeniya evgeny
evie evrard ewa ewald ewan ewelina ewell ezekiel ezequiel ezra fabia fabian fabiana fabiano fabien fabienne
fabio fabiola fabrice fabricia fabricio facundo fae fahad fahriddin faiq faisal faith falba falk fannie
fanny fantin fantine farah farangiz farid farida farqana farruh farrukh fatima fatma faustine faustino
fausto favian faxriyya fay faye fayzbek fazilat fazliddin federico fedor felicia feliciano felicie felicita
felicitas felicite felicity feliks felina felipa felipe felix felton femke fenja ferdinand ferdynanda fergus
fermin fern fernanda fernando ferne feruza fiacre fidan fidel fidele fiete filemon filiberto filip filipa
filipe filofteia filomena fine finia finja finlay finley finn finnja finnley fiodor fiona firdavs firmin
firuza fitrat flavia flavie flavien flavio flaviu fleta fletcher fleur flo floare floarea flodoard flor
flora flore florea florence florencia florencio florencja florent florenta florentin florentina florentine
florestan florian floriana florica florida florie florin florina florine flossie floy floyd ford forest
forrest fortune fortunee foster fotih fotima foulques fran france frances francesca francesco francette
francia francine francis francisc francisca francisco francisque franciszek franciszka franco francois
francoise frank franka frankie franklin franz franziska fred freda freddie freddy frederic frederica
frederick frederico frederik frederike frederique fredrick fredy freeda freeman freida freya frida frieda
friederike friedrich fritz frusina fryderyk fulbert fulcran fulgence furkan furman fynn fyodor gabe gabi
gabin gabino gabriel gabriela gabriella gabrielle gael gaelle gaetano gage gail galfryd galina garance
gardner gareth garett garfield garland garnet garnett garnier garret garrett garrick garrison garry garth
gary gaspar gaspard gaston gatien gaud gaurav gautier gavin gavxar gayane gayle geanina gedeon gelu gene
general genesis geneva genevieve gennady gennaro genoveva gentiana geo geoffrey geoffroy georg george
georgel georges georgeta georgette georgia georgian georgiana georgianna georgy geovanni geovanny geovany
gerald geraldine gerard gerardo geraud gerazym gerberge gerbert gerda gerhard germain germaine german gerrit
gerry gerson gertruda gertrude gervais geta gevorg ghenadie gheorghe gheorghita gherghina ghislain ghita gia
giada gian giang gianina gianluca gianni gica gicu gideon gil gilbert gilberto gilda giles gilles gillian
gilson gina ginewra ginger ginny gino giorgi giorgian giorgiana giovani giovanna giovanni giovanny girart
gisele gislebert gisselle giulia giuliana giuliano giuseppe gladyce gladys gleb glen glenda glenn glenna
glennie gloria gocha godfrey golda golden goncalo gondebaud gonsalwy gonthier gontran gonzague gonzalo
gordon goreti govhar graca grace gracie graciela gracja grady graham grant granville gratian gratiana
gratiela grayce grayson green greg gregg gregoire gregor gregoria gregorian gregorio gregory greta gretchen
greyson griffin grigore grigory grover grzegorz guadalupe gubio gudrun guenievre guerin gui guido guilhemine
guilherme guillaume guillemette guillermina guillermo guiseppe gular gulay gulbaxor gulchexra gulcin
guljamol guljaxon gulmira gulnara gulnaz gulnora gulnoza guloy gulsora gulsum gulzira gulzoda gunay gunel
gunnar gunner gus gussie gust gustav gustave gustavine gustavo guy guyot gwen gwenaelle gwendolyn gwido
gwyneth habib hadley hagen hai hailee hailey hailie hakan hal haleigh haley halie halil halima halle hallie
hamid hamish hamza hana hanifa hank hanna hannah hannes hanno hans haralamb haralambie harald hardouin hardy
harley harmon harmony harold harriet harrison harry haruto harvey hasan haskell hasmik hassan hassie hattie
hauke haven hayden hayk haylee hayley haylie hazel hazle heath heather heaven heber hector hedelin heidi
heinz heitor helder helen helena helene helga helier helin helio hellen helmer heloisa heloise henderson
hendrik hennes henning henri henrick henrieta henrietta henriette henrik henrike henrique henry henryk
henryka heracleea herbert herluin herman hermann hermenegildo hermina hermine herminia herminio hernan
hershel herta hertha herve hester hettie hieronim hikmat hilaire hilario hilarion hilary hilbert hilda
hildebert hildegard hillard hillary hilma hilola hilton hincmar hipolit hipolito hippolyte hiram hiro
hiroshi hoa hobart hojimurod holden hollie hollis holly homer homero honore honorine hope horace horacio
horacy horatiu horea horia hortense hortensia hosea hosiyat houston hovhannes howard howell hoyt hubert huda
hudson hugh hugo hugues huguette hui hulda hulya humay humberto hung hunter huong huriya hurram hurshida
huseyin husida husnida husniya husnora hussain hussein huy hyman hyun iacob ian iancu ianis iara iasmina
ibodulloh ibrahim ibrohim ica icie ida idell idella ieremia iffar ifora ignacio ignacy ignatius igor ihor
ihtiyor ike iker ikrom ila ilarie ilarion ilayda ildar ileana ilene ilham iliana ilias ilie ilinca ilja
illia ilona ilqar ilya ilyas ilyos ima imani imelda imke immanuel imogen imogene imran imron ina inaki
indira ines inez inga inka inkar inmaculada innocent innocenty inocentiu ioan ioana ioanina iolanda ion
ionel ionela ionelia ionica ionut iosefina iosif ira irakli irem irena irene ireneusz iridenta irina irinel
iris irma iroda irvin irving irwin isa isaac isabeau isabel isabela isabell isabella isabelle isabelly isac
isadora isadore isai isaiah isaias isaura iseult isidore isidro isis isla islom ismael ismail ismerie ismoil
isobel isom israel issac itzel itziar iulia iulian iuliana iuliu iurie iustin iustina iustinian iva ivah
ivan ivanna iven ivo ivona ivone ivonne ivory ivy ixtiyar izaak izabela izabella izaiah izajasz izolda
izydor jabari jace jacey jacinthe jacinto jack jackeline jackie jacklyn jackson jacky jaclyn jacob jacobo
jacqueline jacquelyn jacques jacynthe jada jade jaden jadon jadwiga jadyn jaeden jagoda jaida jaiden jailyn
jaime jairo jakayla jake jakob jakub jakubina jala jaleel jalen jalol jalon jalyn jamaal jamal jamar
jamarcus jamel james jameson jamey jamie jamil jamila jamir jamison jammie jamol jamshid jan jana janae
janaina jane janek janelle janessa janet janeta janice janick janie janin janina janine janis janiya janna
janne jannek jannes jannie jannik jannis jano janosch janusz jany japhet jaquan jaquelin jaqueline jara
jared jaren jari jarne jarno jarod jaron jarred jarrell jarret jarrett jarrod jarvis jasen jasmin jasmina
jasmine jason jasper jasur jaume jaunita javi javid javier javlon javohir javon javonte jay jayce jaycee
jayda jayde jayden jaydon jaylan jaylen jaylin jaylon jayme jayne jayson jazlyn jazmin jazmyn jazmyne jean
jeana jeanette jeanie jeanne jeannel jeannette jeannie jeannot jed jedediah jedidiah jeff jefferey jefferson
jeffery jeffrey jeffry jehanne jella jen jena jenel jenifer jenna jennie jennifer jennings jenny jennyfer
jens jensen jerad jerald jeramie jeramy jerel jeremi jeremiah jeremias jeremiasz jeremie jeremy jermain
jermaine jermey jerod jerome jeromy jeronimo jerrell jerrod jerrold jerry jerzy jesper jess jesse jessica
jessie jessika jessy jessyca jesus jett jette jettie jevon jewel jewell jie jihoon jil jill jillian jim
jimena jimmie jimmy jin jing jiwoo jo joachim joan joana joanie joann joanna joanne joannie joanny joany
joao joaquim joaquin job jocelyn jocelyne jodi jodie jody joe joel joelina joeline joelle joesph joey johan
johann johanna johannes johathan john johnathan johnathon johnnie johnny johnpaul johnson joleen jolie
jolien jolin jolina joline jon jona jonah jonas jonatan jonathan jonathon jonna jonte joon joost jordan
jordane jordi jordon jordy jordyn jorge joris joscha joschua jose josef josefa josefin josefina josefine
josep joseph josephin josephine josh joshua joshuah josiah josiane josianne josie josse josselin josua josue
josy jourdain jovan jovani jovanny jovany joy joyce jozef jozefina jozue juan juana juancho juanita judah
judd jude judge judicael judith judson judy judyta jule jules julia julian juliana juliane julianne julie
julien julienne juliet julieta juliette julika julina julio julita julius juliusz jumagul jun juna june
junior junius jurgen juri jussara juste justen justice justin justina justine juston justus justyn justyna
juvenal juwan kaan kacey kaci kacie kade kaden kadin kaela kaelyn kai kaia kailee kailey kailyn kairat
kaitlin kaitlyn kaja kale kaleb kaleigh kaley kali kalistrat kalle kallie kameron kamila kamille kamol
kamola kamoliddin kamran kamren kamron kamryn kanat kane kara kareem karelle karen kari kariane karianne
karim karima karina karine karl karla karlee karley karli karlie karlo karlotta karol karolann karolina
karoline karson kasandra kasey kassandra kat katarina katarzyna kate katelin katelyn katelynn kateryna
katharina katherine katheryn kathleen kathlyn kathrin kathryn kathryne kathy katie katja katlyn katlynn
katrin katrina katrine kattie katya kaua kaue kavita kavon kay kaya kaycee kayden kayla kaylah kaylee
kayleigh kayley kayli kaylie kaylin kayra kazimierz kazuo keagan keanu keara keaton keegan keeley keely
keenan keiko keira keith kellen kelley kelli kellie kelly kelsi kelsie kelton kelvin kemal ken kenan kendall
kendra kendrick kenji kenna kennedi kennedy kenneth kennith kenny keno kent kenton kenya kenyatta kenyon
keon kerem kerim kerry keshaun keshawn ketevan keti keven kevin kevon keyon keyshawn khadija khaled khalid
khalil khanh khrystyna kian kiana kianna kiara kiarra kiel kiera kieran kike kiley kilian kim kimberley
kimberly kimi king kip kira kiran kirill kirk kirsten kirstin kit kitty kjell klaas klara klarencjusz
klaudia klaudiusz klaus kleber klemens klementyna kleopatra kobe koby kody kolby kole komil komila komron
konrad konstancja konstantin konstanty konstantyn koralia koray korbin korbinian korey korinna kornel
korneli kornelia korneliusz kory kraig kris krista kristen kristi kristian kristie kristin kristina kristine
kristofer kristoffer kristopher kristy krystal krystel krystian krystina krystyna krzysztof ksawera ksawery
ksenia kseniya ksenofont kuanysh kubad kubra kumush kurt kurtis kwintyn kyla kyle kylee kyleigh kyler kylie
kyra kyung lacey lacramioara lacy ladarius ladislau lafayette laila laisha lala lalo laman lamar lambert
lamiya lamont lana lance landen landry laney lara larisa larissa laron larry lars larue larysa lascar lasha
lasse latofat latoya laura laurane laure laureen laurel laureline lauren laurence laurencja laurencjusz
laurene laurens laurent laurentia laurentiu laurenty laurentyna laurenz lauretta laurian lauriane laurianne
laurie laurin laurine laury lauryn lautaro lavada lavern laverna laverne lavina lavinia lavon lavonne
lawrence lawson layla laylo layne lazar lazare lazaro lazarz laziz lea leah lean leana leander leandra
leandre leandro leann leanna leanne leatha leda lee lei leif leigh leila leilani leire lela lelah leland
lelia lempi lemuel len lena lene leni lenia lenja lenn lenna lennard lennart lennert lennie lennox lenny
lenora lenore lenya leo leola leon leona leonard leonardo leone leonel leonhard leoni leonid leonidas leonie
leonne leonor leonora leontin leontina leopold leopoldina leopoldine leopoldo leora lera leroy lesley leslie
lesly lessie lester leta letha leticia letitia letizia leu leufroy lev levan levent levi levin levke levon
lew lewin lewis lexi lexie lexus leyla li lia liah liam lian liana lias libbie libby libere lica lidia
lietald ligia lila lili lilia lilian liliana liliane lilianna lilit lilith liliya lilla lilli lillian
lilliana lillie lilly lily lilyan lin lina lincoln linda lindsay lindsey line ling linh linn linnea linnie
lino linus linwood lio lioara lion lionel lisa lisandro lisann lisanne lisette litzy liv livia liviu liz
liza lizbeth lizeth lizzie llewellyn lloyd lobar logan loic lois lola lolita loma lon london long longin
lonie lonnie lonny lonzo lora loraine loredana loreen lorelei loren lorena lorene lorenz lorenza lorenzo
loretta lori lorin lorine loris lorna lorrain lorraine lothaire lotta lotte lottie lou louie louis louisa
louise loup lourdes lourenco louvenia lowell loy loyal loyce luan luana luc luca lucas lucca lucentiu lucia
lucian luciana luciano lucie lucien lucienne lucile lucille lucinda lucio lucious lucius lucja lucjan
lucretia lucretiu lucy ludie ludivine ludmila ludolphe ludovic ludovica ludwig ludwik ludwika lue luella
luena luigi luis luisa luise luiz luiza luk luka lukas lukasz luke lula lulu luminita luna lupe lura lurdes
lurline lusine lutfi lutfiya lutfulloh luther lutz luz luzie lya lyazzat lyda lydia lydie lyla lyle lyn
lynda lynette lynn lynne lyric lysanne lyuba lyubov lyudmila mabel mabelle mable mabruk mac macaire macarena
macey maci macie mack mackenzie macy madalena madalin madalina madaline madalyn maddison maddox madeleine
madeline madelyn madelynn madge madi madid madie madilyn madina madisen madison madisyn madita madleen
madlen madonna mads madyson mae maegan maeve mafalda magali magdalen magdalena maggie magnolia magnus
maguelone mahan mahaut mahmud mahrus mahzan mai maia maica maida maik maike mailin maira maite maiya maja
major makar makary makayla makenna makenzie maksim maksym maksymilian malachi malak malcolm malena
malgorzata malia malik malika malin malina malinda mallaury mallie mallory malo maloxat malte malvina
malwina mamert mamie mamuka manasse mandy manel manish manley manole manolo manon mansur manuel manuela
maqsud mara marah marat marc marceau marcel marcela marceli marcelin marcelina marceline marcelino marcella
marcelle marcellus marcelo marcheta marcia marcin marco marcos marcu marcus mardon mareike marek maren marga
margaret margareta margarete margarett margaretta margarette margarida margarita marge margie margot margret
marguerite maria mariah mariam marian mariana mariane marianna marianne mariano maribel maricarmen maricica
marie marieke mariela mariella marielle marietta mariia marika marilena marilie marilou marilu marilyn
marilyne marin marina marine marinela mario marioara marion marisa marisol marissa marit maritza mariuca
marius marjolaine marjorie marjory mark marko markus marla marlee marleen marlen marlena marlene marley
marli marlin marlo marlon marques marquis marquise marsha marshall marta marten martha marthe martial martim
martin martina martine marty martyna marvin marwin mary maryam maryann maryjane maryna maryse masha mashxura
mason matei mateo mateus mateusz matheus mathew mathias mathilda mathilde mathis mathurin matias matilda
matilde matis mats matt matteo mattes matthew matthias matthieu matthis matti mattie mattis matvey matylda
maud maude maudie maugis maureen maurice mauricette mauricio maurine mauro maurycy mavdud maverick mavis
mavlon mavluda max maxbuba maxellende maxence maxfuza maxi maxie maxim maxima maxime maximilian maximiliano
maximilien maximillia maximillian maximo maximus maxine maxsuma maxwell may maya maybell maybelle maye
mayeul maymie maynard mayra mayte mazbut mazie mckayla mckenna mckenzie meagan meaghan meda mederic medina
medine meera meg megan megane meggie meghan mehmet mehriban mei meik meike meire mekhi mel melania melanie
melany melba melchior melek melike melina melinda melis melisa melisande melissa melissandre mellie melodie
melody melvin melvina melyna melyssa memo mence mercedes merche mercia meredith merl merle merlin merovee
merritt mert mertie meruert merve mervin meryem meta mette mia micael micaela micah michael michaela michal
michale michalina micheal michel michele michelle mick mieke miguel mihaela mihai mihail mihnea mika mikail
mikayla mike mikel mikhail mikolaj mila milagros milan milana mildred milena miles milford milla miller
millie milo milton mina mindy minerva ming minh minho minjun minnie minodora mio mioara mira mirabela mirac
miracle miran miranda miras miray miraziz mircea mirco mireia mireille mirela mireya miriam mirja mirko
miron mirona miruna mirziyo misael missouri misty mitchel mitchell mitica mitrut mittie modest modesta
modesto mohamed mohammad mohammed mohan mohir moise moises moisette mojzesz moldir mollie molly mona
monalisa monica monika monique monroe monserrat monserrate montana monte montserrat monty morena morgan
morgana morgane moriah moritz morris morten mortimer morton mose moses moshe mossie moxidil moxigul moxina
moxinur moxira mozell mozelle muattar muazzam mubina mufiz mugur mugurel muhammad muhammed muhsin muhtor
munif murad murat muriel murilo murl murod murphy murray mustafa mustafo musulmon muyassar muzaffar mya myah
mykola mylene myles myra myriam myrl myrna myron myrtice myrtie myrtis myrtle na nacho nadege nadezhda nadia
nadiia nadine nadir nadja nadzieja nae naemi nafisa nahid nahuel nair najmiddin nakia nam name nan nana
nancy nannie naoko naomi naomie napoleon narcis narcisa narciso narcisse nare narek nargiz nargiza narimon
narine nash nasiba nasir nasriddin nastya nat natalia natalie nataliia natan natanael nataniel natasa
natasha nate nathalie nathan nathanael nathanial nathaniel nathen natiq naudet nayeli nazar nazariusz nazary
nazgul nazif nazrulloh nazym neal nechifor ned nedra neele neha nehemie neide neil nela nelda nele nell
nella nelle nelli nellie nelly nels nelson nelu neo neoma nerea nestor nettie neusa neva nevio newell newton
nga ngoc nia niamh nicephore nichifor nicholas nicholaus nichole nick nicklaus nickolas niclas nico nicoara
nicodim nicola nicolae nicolai nicolaie nicolas nicole nicoleta nicolette nicu niculina niculita nicusor
nicuta nidia niels nigar nigel nigora nihad nika nike nikhil nikita nikki nikko niklas niko nikodem nikola
nikolai nikolas nikolay nila nils nilton nilufar nilza nina nine nino nisa nizom nizomiddin noah noble
nodira noe noel noelia noelle noemi noemie noemy noila nola nolan nona noor nora norbert norberto norene
norica norma norman normand norris norval norwood nosir nosirjon nour nova novella nozima nubia nuno nuray
nurbek nurgul nurgun nuria nuriddin nurlan nursaule nursultan nurzhan nusrat nusratulloh nya nyah nyasia
oana obid obie oceane ocie octav octave octavia octavian octaviana octavio octaviu oda odell odessa odete
odette odie odil odile odilon odin odon ofelia ofelya oger oisin oke okey oksana ola olaf ole oleg oleksandr
oleksiy olen olena oleta olga olim olimpia olimpian olimpiu olin olive oliver olivia olivier oliviu oliwia
oliwier ollie olya olympe olzhas oma omad omar omari ombline omer omina ona onie onufry onur opal ophelia
ophelie oqil ora oral oran oren orestes oriande oriane orie orif orin oriol orion orkhan orland orlando
orlane orlo orpha orrin ortansa orval orville orzu osbaldo osborne oscar oskar osmund ostap osvaldo oswald
oswaldo otabek otar otavio otha otho otilia otis ottilie ottis otto oury ova ovidiu owen oybek oyga oynur
oysha ozana ozanne ozella ozod ozoda ozodbek pablo paco pacome padraig paige palemon palma pam pamela pamfil
panagachie panait pankracy pansy pantaleon paola paolo paraschiva parfait pari paris parker pascal pascale
pasquale pat paterne patience patrice patricia patricio patrick patrizia patru patrycja patrycjusz patrycy
patryk patsy patti pattie patty pau paul paula paule paulette paulica paulina pauline paulo pavel pawel
paxton payton pearl pearlie pearline pecine pedro peer peg peggie peggy pelagia pelagie penelopa penelope
penny pepa pepe pepin perceval percival percy perrine perry pete peter petr petra petre petrica petrisor
petronela petronille petru petrut petruta peyton phil philemon philibert philine philip philipp philippe
philippine phillip philomene philothee phoebe phuc phuong phyllis pia pie pierce pierre pierrick piet pietro
pilar ping pink pinkie pio piotr piper pit pius platon pol polikarp polina polly pompilia pompiliu pooja
poppy porfiriusz porfiry porter pradeep prakash pranav precious preeti presley preston price primerose
prince princess priscila priscilla priscille priya profira prokles prokop prokul prosper providenci prudence
pulcherie purificacion pyotr qing qizilgul qobil qosim quang qudrat queen queenie quentin quentine quieta
quincy quinn quinten quintia quinton quique quirin rachael rachel rachela rachelle rachid rada radu raducu
rae raegan rafa rafael rafaela rafal rafayel rafid rafila rafiq raheem rahel rahim rahsaan rahul raif raik
raikhan raina raj rajab rajmund rajnold rakesh raleigh ralph raluca ramesh ramin ramiro ramon ramona
ramziddin ramziya randal randall randi randolf randolph randy rania ransom raoul raphael raphaelle raquel
rares rasad rashad rashawn rasheed rashid rasid rasifa rasmus rauan rauf raul raven ravi ravshan raxmatulloh
ray rayan raymond raymonde raymundo rayona rayxona razvan reagan reanna reba rebeca rebecca rebeka rebekah
rebekka reece reed reese regan reggie regiane regina reginald regine regis reid reilly reina reine reinhold
rejean rejeanne rekha relu remedios remi remington remus renata renato renaud rene renee ressie reta retha
retta reuben reva rex rey reybaud reyes reymundo reyna reynold rhea rhett rhianna rhiannon rhoda rhonda rhys
riana rica ricardo riccardo rich richard richie richmond rick rickey rickie ricky rico rieke rigoberto rike
riley rita river rizvon rob robb robbie robert roberta robertina roberto robin robiya robyn rocco roch
rochelle rocio rocky rod roderick roderyk rodger rodica rodney rodolfo rodolphe rodrick rodrigo rodrigue
roel rogelio roger rogerio rogers rohit roksana roland rolande rolando rollin roma romain romaine roman
romane romanita romeo romeu romina romuald romulo romulus romy ron ronald ronaldo ronan rong ronja ronnie
ronny roosevelt rory rosa rosalee rosalia rosalie rosalind rosalinda rosalyn rosamond rosana rosane
rosangela rosanna rosario roscoe rose roselin roseline rosella roselyn rosemarie rosemary rosendo roser
rosetta rosie rosina roslyn ross rossie rovshan rowan rowena rowland roxana roxane roxanne roxelana roy roya
royal royce roza rozalia rozella roziya ruan ruben rubens rubie ruby rubye rudolf rudolph rudy rufina rufus
rui rupert ruslan russ russel russell rustam rustem rusty ruta ruth ruthe ruthie ruxanda ruxandra ryan ryann
ryder rylan rylee ryleigh ryley ryszard saadi sabin sabina sabine saboxat saboxon sabrina sabryna sadar
sadie sadoqat sadriddin sadye safir safira safiya safo safta safura sage sahra sahriyar repeated saida saige
saiq sakura salih sallie sally salma saloh salome salomea salomon saltanat salvador salvatore salwator sam
samandar samanta samantha samara sami samia samina samir samira samiya sammie sammy samson samuel samvel
sana sancho sanda sandra sandrine sandro sandu sandy sanford sanja sanjay sanobar santa santi santiago
santina santino santos sanzhar sanziana saodat saoirse saphira sara sarah sarai sardor sarina sarvar
sarvinoz sascha sasha saskia satoshi saul saule saulo sauveur sava savanah savanna savannah saveta savin
savina savinien savion saxida sayyora scarlett scholastique schuyler scot scott scottie scotty seamus sean
sebastian sebastiao sebastien sedrick segolene selcan selena selim selin selina selma selmer semenica semih
semyon sena seoyeon serafin serafina seraphin serban serena serenity serge sergei sergey sergi sergio sergiu
sergiusz serhiy serik seth sevara sevda sever severin severina severine sevinj seweryn shad shahboz
shahobiddin shahriyor shahzod shaina shakhnoza shakira shamsiddin shana shane shanel shanelle shania shanie
shaniya shanna shannon shanny shanon shany shari sharon shaun shavkat shawn shawna shaylee shayna shayne
shea sheila sheldon shelia shelley shelly shemar sheri sheridan sherman sherri sherry sherwood sheryl
sherzod shirley shodiyor sholpan shota shukrulloh shweta shyann shyanne sibyl sibylle sid sidnei sidney
sidoine sidonia sienna sierra sigebert sigismond sigmund sigrid sigurd silas silja silvana silvere silvia
silvian silviana silvio silviu sim simao simeon simi simina simion simon simona simone sina sinan sincere
sinead sinica sinja siobhan sirineu sirojiddin sister sixte sixtine skipped sky skye skyla skylar smaranda
smilla sobit sodiq sofia sofie sofiia sofya sohib solange soledad soline solomiia solon sona sonia sonja
sonke sonny sonya soojin sophia sophie soraia sorana soraya soren sorin sorina spencer speranta spirydion
stacey stacy stan stana stanca stancu stanford stanislas stanislav stanislaw stanley stanton stefan stefana
stefania stefanie steffen stela stelian steliana stella steluta stepan steph stephan stephane stephania
stephanie stephany stephen stephon sterling steve steven stevie stewart stina stone stu stuart sude sue
suelen sueli suely suhrob sulaymon sulton summer sunil sunita sunny suren suresh susan susana susanna
susanne susie suyuna suzana suzanne suzon svea sven svenja sveta svetlana swassane swati sybilla syble
sydnee sydney sydni sydnie sylvain sylvan sylvester sylvestre sylvia sylviane sylvie sylwester sylwia
szczepan szymon tabea tabitha tabris tacjana tad tadeo taha tahir takashi takeshi talea talgat talia talita
talon tamar tamara tami tamia tamina tamino tammo tammy tancrede tanguy tania tanja tanner tansu tanya tao
tara taras tarcisio tarik tariq tarja tarlan taryn tasha tate tatiana tatiane tatum tatyana taurean taurin
tavares taya tayler taylor teagan ted teea tekla telly telma temirlan teo teodor teodora teodoro teodosia
teofil teohari teona terence terencjusz teresa tereza terezinha teri terrance terrell terrence terri terrill
terry tertuliano tess tessa tessie tetiana tevin thad thaddeus thais thaisa thalea thales thalia thanh thao
thaynara thea thelma theo theodor theodora theodore theodose theophile theophraste theresa therese theresia
theron thiago thibault thibert thierry thies thilo thomas thora thorben thore thorge thu thurman thuy tia
tiago tiana tianna tiara tiberia tiberiu tien tierra tiffany tigran til till tillman tillmann tim timea timm
timmothy timmy timo timofei timofey timoleon timon timotei timoteo timothee timothy timur tina tinatin tinca
tincuta ting tino tiphaine titien tito titus tizian tjark tobias tobiasz tobin toby tod todd todor togzhan
tohir tolganay tom toma tomas tomasa tomasz tome tomiris tomke tommie tommy toney toni tonnin tono tony
tonya torben tore torey torrance torrey toussaint toy toyip trace tracey traci tracy traian trajan trang
travis travon tre tremaine tremayne trent trenton tressa tressie treva trever trevion trevor trey tri tricia
trinity trish trisha tristan tristian tristin triston troy trudie trycia trystan tuan tuana tuba tudor
tudora tudorita tudosia tunar tung tural turkan turner turold twila tyler tymoteusz tyra tyree tyreek tyrel
tyrell tyrese tyrique tyron tyrone tyshawn tyson ubaldo ubaydulloh ubirajara uchqun uelinton ulan ulduz
ulices ulises ulkar ulugbek ulviyya ulyana ulysse umar umid umida umidulloh umut una unai unique uqbaloy
urbain urban urfon uriah uriel ursula ursule usmon uwe uzayr uzbegim vada vadim vafo vagner vahan vakhtang
val valdir valdirene valentim valentin valentina valentine valentino valere valeria valerie valeriu valeriya
valery vallie valter vance vanda vanderlei vanderleia vanesa vanessa vania vardan varvara vasco vasile
vasilica vasiliy vasily vasliddin vasyl vaughn veda veit velda vella velma velva vena venance venceslas
venera veniamin vera verda verdie vergie verla verlie vern verna verner vernice vernie vernon verona
veronica veronika veronique vesta veta vianney vic vicenta vicente vicentia vicentiu vicki vickie vicky
victoire victor victoria victorien victorin vida vidal vigile vijay vika vikram viktor viktoria viktoriia
vilma vin vince vincent vincentiu vincenza vincenzo vinciane vinh vinicius vinnie viola violet violeta
violette viorel viorela viorica virgie virgil virginia virginie visarion vita vital vitaly vito vitor
vitoria vitus viva vivek vivian viviana viviane vivianne vivien vivienne vlad vladimir vladislav vlaicu
voichita voicu volodymyr vosil vugar vyacheslav waclaw wade wagner waino waldo walenty walentyn walentyna
waleran waleria walerian walery walgierz walker wallace walt walter walton wanda wandrille wanesa waqila
ward warley warren washington watson wava wawrzyniec waylon wayne webster wei weldon wellington wendell
wendy werner weronika wesley westley weston whitney wiara wibke wiebke wiktor wiktoria wilber wilbert wilbur
wilburn wiley wilford wilfred wilfredo wilfrid wilfryd wilhelm wilhelmina wilhelmine will willa willard
willi william willie willis willow willy wilma wilmer wilson wilton wincenty winfield winifred winnie
winnifred winona winston wirginia witalis wladyslaw wlodzimierz wolfgang woodrow wyatt wyman xalima xander
xaver xavi xavier xaviere xenia xenophon xiao ximena xin xochitl xue xzavier yadira yago yahyo yamila
yamileth yan yana yang yango yannic yannick yannik yannis yara yaren yaretzi yaroslav yasin yasmeen yasmin
yasmine yazmin yegor yelena yen yerbol yerlan yermek yerzhan yesenia yessenia yevgeny yevhen ying ylvi ylvie
yoann yolanda yolande yong yoqub yorbek yorqin yoshi yoshiko youssef yozida yoznur ysaline yseult yu yuki
yuko yulia yuliia yun yunus yuri yuriy yury yusuf yven yves yvette yvonne zabir zach zachariah zachariasz
zacharie zachary zache zachery zack zackary zackery zafar zaharia zahir zainab zakary zakhar zamfir zamfira
zander zane zaneta zara zaraza zaria zarina zaur zayd zayniddin zechariah zehra zelda zelia zella zelma zena
zeno zenobia zenovia zephirin zetta zeynep zhanar zhanna zhen zhibek zhuldyz zilda zilola zina zion zita
ziyo zoe zoeva zoey zofia zohid zohir zoie zoila zokir zola zora zoyir zubayr zula zulmira zurab zuxra
zuzanna zygmunt
абай абдул абдулазиз абдулла абдурахман абзал аброр абу абылай август августин авдей аверкий аверьян
авксентий аврелій аврелія аврора автоном агап агапія агата агафон агафья агафія аггей аглая агнеса агния
агнія агрипина ада адам аделаїда аделіна адиль адильбек адлет адриан адріана адріян адхам ажар азалія азамат
азарий азарій азат азиз азиза азизбек аида айару айбек айганым айгерим айгерім айгуль айгүл айдана айдар
айдос айдын айжамал айжан айзада айнагуль айнур айнура айнұр айпери айрат айсель айсулу айсылу айтбек айтен
айша айше айым акбар акбота акерке акжол аким акира акмаль акмарал акулина акылбек алан алдияр алевтин
алевтина алекс александр александра алексей алексис алена алессандро алехандро алеша али алибек алиджон
алина алиса алихан алишер алия алла алмагуль алмаз алмас алмат алсу алтынай алтынбек алуа альберт альбина
альбіна альваро альвіна альфия альфред аліна амангельды аманжол амвросий амина амир амирхан амос ана ананий
анастас анастасия анастасій анастасія анатолий анатолій анатолія анвар ангелина ангеліна андреа андрей
андрон андроник андрюха андрюша андрій анжела анжелика анзор аникей аникита анисим ания анна антип антон
антонида антонин антонина антонио антоній антоніна антонія антоха антін ануар анфиса анфіса анюта аня
аполлинарий аполлон аполлонія аполлінарія ара арайлым арам арби аревик арефий арина аристарх аркадий аркадій
аркадія аркаша арман армен армине арсен арсений арсеній артак арташес артем артемий артемія артур аружан
архип аршак арыстан асан асель асем асемгуль асет асия аскар аскольд аслан асланбек асмик асхат асылбек ася
афанасий афанасій афанасія афиноген ахмад ахмат ахмед ахмет ахсартаг ашот аян аяулым баграт бажен бакыт
бакытжан балжан батраз батыр батырбек батырхан бауржан бауыржан баходир бахром бахтиер бахтияр бахыт
бахытгуль баян бақыт беатрис бегзод бегимай бейбит бек бека бекболат бекжан бекзат бекхан белла бен берик
бермет беслан бибигуль билл биржан бислан благовіста боб бобур богдан богдана богуслава божемир божен божена
болат болеслав болеслава боримир боримисл борис борислав борислава боря ботагоз ботир боян брайан братимир
братислав братомил братослав бронислав броніслава брячислав будимир буйтур булат буревіст біломир білослав
білослава біляна бөлек ваагн ваге вадик вадим важа вазген валентин валентина валера валерий валерия валерьян
валерій валерія вали вальтер валя ван ванечка вано ваня варвара варлаам варфоломей варя василий василина
василиса василь вася вахтанг вацлав велемир велимир венедикт венера вениамин вера вероника виген вика
викентий виктор викторин виктория виолетта виссарион виталий виталина витя влад влада владик владилен
владимир владислав владислава владлен влас власта вова вовчик володимир володислав володя вольфганг врам
всевлад всеволод всемил всеслав всеслава вугар вусал вышеслав вюсал вячеслав віктор вікторія вілена віленіна
віліна віола віолетта віра віргінія віта віталій віталіна габриэла габриэль гаврила гаврило гагик гайк
галактион галина галым галымжан галя гамзат гамлет гани ганна ганс гарегин гарик гарнослав гасан гаухар
гафур гаяне геворг гегам гедеон гелена гена геннадий геннадій георги георгий георгій гера герасим герман
гиви гиорги гия глафира глаша глеб гліб гнат гоар гоги гордей гордій горик горимир горислав гостомысл гоча
гоша градимир грант грач грачья гремислав григорий григорій гриша гузаль гузель гулдана гулим гулия гулмира
гулназ гулноза гулнора гулчехра гульдана гульжан гульмира гульназ гульнара гульнур гульсум гульшан гульшат
гурген гурий гусейн гюльнара гюнель гүлмира гүлназ гүлнар давид давыд далемир далеслава дали дамир дамира
дана данагуль даниал даниил данил данила данило данияр даня дарига дарина дарислава дариға даромир дархан
дарья дарій дато даулет даша дементий демид демьян ден денис деня джаба джабраил джавид джамал джамила
джамиля джеймс джейн джейхун джек джессика джованни джон джохар джулия диана дидар диего дилара дилафруз
дилбар дилдора дилноза дилором дилшод дилшода дильназ диляра дима димка димон дина динар динара динмухамед
дмитрий дмитро добринка добромила добромир добромира добромисл добромисла добромысл доброслав доброслава
добрыня долеслава доляна донер дорофей досжан достон думан дуня дэвид дэн дэниел діана діяна дәулет дәурен
ева евангелина евгений евгения евграф евдоким евдокия евлампий евпраксия евсей евстафий евстигней евфросиния
егор егорка екатерина екуб елена елизавета елизар елисей емельян епифан ерасыл ербол ербулат ердос еремей
ержан ерзат ерик еркебулан ерлан ермек ермил ермолай ернар ернур ерофей ерсултан есен ефим ефрем жавлон
жавохир жазира жак жалгас жамшид жан жанар жанара жанболат жандос жанель жанибек жания жанна жаннат жансая
жасмин жасулан жасур женек женя жибек жоао жозе жозефіна жомарт жора жорик жуан жулдыз жумабек жылдыз жұлдыз
жәния забава загир заза заира закир закия залим залина заманбек замира зангар зара зарема зарина заур зауре
зафар захар захарій зборислав звенигор звенимир звенислав звенислава зебо зейнеп зелимхан земислав зеновій
зере зилола зина зинаида зиновий зиновій зия злат злата златомир зоремир зореслав зореслава зорина зорян
зоряна зосима зоя зульфия зуля зураб зуфар зухра зінаїда ибрагим иброхим иван иванна игнат игнатий игорек
игорь идрис изабелла изабель измаил изот изяслав икром иларион илона илхом ильгам ильгар ильгиз ильдар
ильнар ильнур ильсия ильсур ильхам ильшат илья ильяс илюша инал инга индира инесса инкар инна иннокентий
иосиф ипат ипатий ипполит ира ираида ираклий ирек ирина ириша ирода иса исаак исай исатай исидор искандер
исломбек исмаил ия йохан казбек казимир кайрат какха калина каллистрат камал камила камилла камиль камола
камран камрон камшат канат канатбек капитон карен карина каринэ карл карлос карлыгаш каролина карп каріна
касым касьян катерина катюша катя каха кахабер квітка квітослава кевин кейт кенес кенжебек кети кир кира
кирилл кирюша клавдий клавдия клавдія клаудия клер климент клод коля колян кондрат кондратий конон
константин корней корнелій корнил корнило корнилій корній костя костян костянтин котэ крентта крис кристина
кристофер ксения ксеня ксенія ксюша куаныш куат кубаныч кубат кузьма куляш кунсулу купава куприян курбан
курмангазы кэтрин кәмила лавр лаврентий лаврентій лаврін лад лада ладимир ладислав ладо ладомир лазарь
лаззат лазиз лайло лала лали лана лара лариса лаура лаша лев леван левко левон лейла лейля лейсан лела леля
лена леня леон леонардо леонид леонтий леся леха леша ли лиана лидия лиза лика ликера лилия лиля лина линда
листвич лола лонгин лора луи луиза луис лука лукия лукьян лусине лусия лучезар люба любава любим любислава
любов любовь любодар любозар любомила любомир любомира люборада любослава любосмысл люда людмила людомила
люся ляззат ляйсан ляман лідія лілія магомед мади мадина майкл майя мака макар макпал макс максат максим
максимильян малик маликa малика малхаз мальва мамед мамука манана манвел манучар мануэль маня марат
маргарита марго маргулан маржан мари мариам мариан мариана марианна марина марине марио мария марк марко
маркос маркіян марлен марсель марта мартин мартын мартьян маруся марфа марьяна марічка марія марғұлан матвей
матвій маттео мафтуна махмуд маша мгер медея мейрам мейржан мелания меланія мераб меруерт мерует мефодий
мехмет мехрибан мечислав мечислава мигель микаэл микита микола мила милан милана милен милена милий милица
милован милодара милослава миляуша мина минтимер мирас мирзо мирлан мирон мирослав мирослава митофан митя
михаил михайло михей миша мишаня мишель мия мкртич модест моисей мокей молдир моника мотря мотя мохира
мстислав мстислава музаффар мукаддас мунир мунира мурад мурат муса муслим мустафа мусій мухамед мухаммад
мухит мухтар мэри мээрим мілана мұрат мәди мәдина мөлдір навруз надежда надира надя надія назар назарій
назгуль назерке назиля назира назым наиль наиля наина нана нани наргиз нарек нареке нариман нарине наринэ
наркис нармина настя наталья наталія натан наташа натиг наум нвард нварт нелли нелля неля немир немира
нестор нигина нигора нигяр низами ник ника никандр никанор никита никифор никодим николай николь николя
никон нилуфар нина нинель нино нифонт нияз нодар нодир нодира нозима нона нонна нора норайр носир нугзар
нуне нурбек нурбол нурболат нургиза нургуль нуржан нурзат нурислам нурия нурлан нурсултан нурсулу нуртас
нюра нюша ніна нұргүл нұржан нұрлан нұрсұлтан ованнес овик оганес огняна озода ойбек оксана октябрина олег
олександр олександра олексій олелько олена олесь олеся олжас олимпиада олимпий ольга оля омар омелян онуфрий
ораз оразбек орест ореста орина орислава орися орхан орхип оріяна осип оскар остап остромир отабек отар
охрім паата пабло павел павло павліна палажка панас панкрат панкратий пантелеймон панфил паоло парамон
парвиз парфен патимат паула пауло пахом паша педро пелагея пелагія перизат петр петро петрос петя пилип
пимен питер платон подолян пол поликарп полина поля поляна поліна порфирий потап потішана прасковья пров
прокл прокофий прохор пьер рабига равиль радий радик радим радимир радислав радміла радован радослава разиля
размик раиль раис раиса райхан рамаз рамазан рамзан рамиз рамиль рамиля рамин рано расим расул ратибор
ратимир ратмир рауан рауф рафаил рафаэль рафик рафис рахат рахим рахимжон рахман рахметолла рашид рая раїна
раїса реваз регина резеда резо ренат рената рикардо римма ринат рита рифат ричард роберт ровшан родион
родослав родриго родіон роза роин рой роксана роксолан роксолана рома роман ромена ромка ронат ростислав
ростислава рубен рудольф рузанна руслан руслана рустам рустем руфат рюрик сабина сабир сабира сабрина савва
савватий савелий саги сагындык садриддин саид саида саидбек сайлау сайран сакен сакина салават саламат
салман салтанат самал самат самвел самир самира самсон самуил санат сандугаш санжар сания сапар сара сарвар
сардар сардор сатеник сауле саша света светлана светозар святогор святополк святослав святослава світлана
сева севак севара севастьян севда север севиль севиндж седа сеймур селиван селиверст сема семен семибор сеня
серафим сергей серго сергій серега сережа сержан серик сериккали серхио серый серік серікбол сигизмунд сидор
сила силантий сильва сильвестр симон синклитикия синьоок сирануш скотт слава славик славолюб славомир
славута смбат сміяна снежана сніжан сніжана сократ сологуб соломон соломія соня сос соса сослан сосо софа
софи софико софия софон софрон софья софія спартак спиридон станимир станислав станислава станіслав стас
стася стелла степа степан стефания стефано стефаній стив стивен стожар стоян султан сунгат сурен сусанна
сымбат сырым сьюзен сэм сюзана сюзанна сәкен сәуле таалай тагир тагуи таисия таисья талант талгат тамази
тамар тамара тамари тамерлан тансулу танюша таня тарас тариэл тарон тата тато татьяна тая таїсія твердислав
творимир тема темир темирлан темур тенгиз теона терентий тетяна тигран тима тимофей тимофій тимоха тимур
тимураз тиміш тина тит тихомир тихон тлеубек тогжан тогрул толганай толеби толеген толик толкын толя тома
томас томми тони тоня тофик тристан трифон триша трофим тулеген тур турал турана турар турсунай турсын
уалихан уильям улан улжан улпан улугбек ульян ульяна уля умар умарали умид умида умит урмат устим устин
устина фадей фаик фаина фаниль фанис фания фарангиз фарид фарида фаридун фариза фаррух фархад фарход фатима
фатма фаїна феврония февронія федор федора федосий федот федя фекла феликс феодосія феоктист феофан ферапонт
фернандо феруза фидан фикрет филарет филимон филипп филя фирс фируз фируза флора флорентин флюра фока фома
фортунат фотий франсуа франческа франческо фриц фрол хавьер хадижа хазар хайдар хайям халид хамзат хамит
ханна харитина харитон харлампий хасан хатуна хачик хаяла хвалимир хорив хорхе хосе христина христофор
христя хуан хуршид хуршида хусан хусейн цира чарльз чеслав чжан чингиз чингис чолпон чорнота чулпан чынгыз
шавкат шалва шалкар шамиль шарлотта шахин шахло шахноза шерзод шерхан шокан шолпан шон шорена шота шохрух
шура шухрат шынар шынгыс щастислав щек ынкар ырысты эвелина эд эдгар эдик эдита эдуард эка элгуджа элеонора
элизабет элина элла эльбрус эльвин эльвина эльвира эльдар эльза эльмар эльмир эльмира эльнур эльхан эльчин
эльшан эля эмзар эмили эмилия эмиль эмин эмма эммануил эмре эндже энди эндрю эраст эрдем эрик эрика эркин
эрлан эрнест эрнст этери ювеналий юки юлдуз юлиан юлиана юлий юлия юля юліан юліанна юлія юнона юра юрген
юрий юрик юрій юсиф юстин юстина юсуп юсуф юхим юхима юхимія язгуль язиля яков якуб ян яна янина янис
януарий ярема ярина яровид яромил яромир ярополк ярослав ярослава ясмина яша євген єремій іван іванна ігор
ізяслав ілля ілона індіра інна іннеса ірина ірма ғалым ғани қайрат қанат қуаныш ұлжан әділ әйгерим әйгерім
әлия әлібек әсел әсем
`
    .trim()
    .split(/\s+/),
);
