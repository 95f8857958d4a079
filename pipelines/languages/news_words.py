"""The commonest content words of headlines in the languages that are mixed up there: pure data.

To letter statistics ``Netanyahu cancels Paris trip`` is Indonesian; one known verb decides. News vocabulary only
(politics, economy, justice, sport, weather, culture, days and months), no names; lower case, with accents. Words
spelled alike in several languages stand in each of them. :mod:`pipelines.languages.known_words` weighs them.
"""

from __future__ import annotations

__all__ = ["NEWS_WORDS"]

NEWS_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "fr": """
            accord accords accuse accusé accueille actualité affaire affaires africain africaine agriculteurs
            agriculture aide aides ailleurs alerte allemand américain américaine an ancien ancienne année années
            annonce annoncé annonces annulé août appel appelle après-midi arabe argent arrestation arrivée arrêté
            assemblée attaque attaques attend attentat au-delà augmentation augmente aujourd'hui autorités avenir
            avril baisse banque banques bien bientôt blessé blessés bilan budget but buts campagne candidat candidats
            capitale cas cause cent centre championnat champion changement chaleur charge chef chiffre chiffres chine
            chinois chômage choix cinéma cinq citoyens club coeur cœur collège commerce commission communauté compte
            comptes concours condamné conférence confiance conflit conseil conseils contrat coopération coup coupe
            cours couple créer crise croissance culture danger débat début décembre décès découverte défense défi
            défis demain demande démission dénonce départ député députés dernier dernière derniers deuil développement
            devant deviennent devient dimanche directeur directrice discours doit dollars dossier droit droits eau
            échec éclairage école écoles économie économique économiques égalité élection élections élèves élu emploi
            emplois enfance enfant enfants enjeux enquête enseignants enseignement entreprise entreprises
            environnement équipe espagnol espoir état états étranger étrangers étude étudiants europe européen
            européenne européens évacués explosion exportations face famille familles faut femme femmes festival feu
            février fille film fils fin finale finances football force forces formation français française france
            frontière gagne garde gauche gaz grand grande grands grève grippe groupe guerre habitants haut hausse
            heure heures hier histoire hiver homme hommes hôpital hôtel huit idée île impôt impôts incendie
            indépendance industrie inflation informations inondations international internationale investissement
            investissements janvier jeu jeudi jeune jeunes jeux jour journal journaliste journalistes journée jours
            judiciaire juge juillet juin justice lance lancement langue libre ligue lire littérature livre livres
            logement loi lundi lutte magistrat mai main maire maison malgré manifestation marche marché marchés mardi
            marocain marocaine marocains mars match matière médecin médecins médias meilleur meilleure menace mer
            mercredi mesure mesures météo meurt meurtre midi militaire millier milliers million millions milliard
            milliards ministère ministre ministres mobilisation mois monde mondial mondiale mort morte morts moyen
            multiplie musée musique naissance national nationale négociations neuf niveau nommé nord nouveau nouveaux
            nouvel nouvelle nouvelles novembre nuit objectif octobre offre opération opposition or oeuvre œuvre
            ouverture ouvre paix palestinien parlement parole part parti partie partis partenariat pays pêche peine
            penser perd père personnes petit petite petits peuple peur pétrole plainte plan plusieurs politique
            politiques police populaire pouvoir premier première premiers président présidente présidentielle presse
            prêt prévisions prévoit prison prix prochain prochaine procès production produits professeur profit
            programme projet projets promet propose protection province publie public publique qualifié quart quatre
            question raison rapport rassemblement réaction record recherche réclame recul reçoit réforme refuse région
            régions règlement rejette relance remporte rencontre rendez-vous rentrée réponse reprise répond république
            réseau réseaux responsable responsables résultat résultats retour retraite retrouvé réunion réussite
            révèle roi route royaume sacré saison saisie salaires samedi santé scolaire sécheresse secteur sécurité
            semaine sept septembre série service services situation six social sociale société soir soirée soldats
            sommet sortie soutien stade stratégie sud suite suspect sûreté table tarifs taux technologie témoignage
            température températures temps tension tête théâtre tour tourisme touristes tradition transport travail
            travailleurs tribunal trimestre tué tués usine vacances vaccin valeur vendredi vent vente ventes veut
            victime victimes victoire vie vient vieux ville villes vingt violence violences visite voici voiture
            voitures voix vol vote voyage vrai zone
        """,
        "en": """
            accused accuses aid air airport amid ahead american announces appeal approves arms army arrest arrested
            arrests asks attack attacks august average award away back bank banks ban bans battle beat beats become
            becomes behind best better bid big bill billion birth black blast blow boat body bomb book books border
            boss boy boys breaks brings british budget build building business call called calls campaign can't
            cancels cancer candidate car care cars case cases cash cause celebrates center central centre century
            chair challenge champion change changes charge charged charges chief child children china chinese church
            cities citizens city claims clash clashes climate close closes club coach cold comes coming company
            concerns conference control cost costs council countries country coup court crash crime crisis critical
            cup cut cuts daily dam damage dangerous data daughter day days dead deadly deal death debate debt december
            defence defends defense delay demand demands deputy despite died dies director doctors dollar don't down
            dozens draw drops drug due early earthquake earth east eastern economic economy editor education elected
            election elections emergency end ends enemy energy england english europe european every exam expected
            experts explained exports eyes face faces factory fails faith fall falls families family fans farm farmers
            father fear fears february festival fight fighting film final finally find finds fine fire firm firms
            first five flight flights flood floods food football forces foreign former forward found four free french
            friday friend full future gains game games gas get gets girl girls give gives global goal goals goes going
            gold good government great green ground group growing growth guide gun half hall halt harvest has head
            heads health heart heavy held help helps here's high history hit hits holds holiday home hope hopes
            hospital host hot hours house houses housing human hundreds hurt ice ideas illegal impact imports
            including independent industry inquiry inside interest investment investors issues jail jailed january
            jobs join joins journey judge july june keep keeps key kids killed killing kills king knew know known
            labour lack land language largest last late latest launch launched launches law lawmakers lead leader
            leaders leads league learn leave leaves led left legal less lets level library life light like likely line
            little live lives local long look looking lose loses loss lost love low made make makes making man market
            markets marriage matter mayor mean means media meet meeting meets men middle military million mine
            minister monday money month months moroccan morning morocco mother move moves murder music mystery name
            named names national near need needs never news newspaper next night nights nine north northern november
            nuclear number october offer offers officer officers officials oil old open opens opinion opposition order
            outside parliament part party past patients pay peace people person phone place plan plane planned plans
            play player players plays plea point police policy political poor popular port post posts potential power
            powers president press price prices prime prison private probe profit program project protest protesters
            protests public push puts queen question questions quits race rail rain raise raises rally rare rate rates
            reach reaches ready real record red reform refugees region rejects relations release released report
            reports rescue rescued research response rest result results return returns reveals review rich ride right
            rights rise rises rising risk river road role room rule ruled rules ruling run running runs russian safe
            safety sale sales saturday save saves sea search season seat secret secretary security see seek seeks seen
            sell send sends senior sentenced september series service services set sets seven sex shares sharing she's
            ship shock shooting shop short shot show shows shut side sign signs single sister site six slam social
            soldiers solution some son soon source south southern spanish speaks special speech spending sport sports
            spring staff stage stand star stars start starts state states stay steps still stock stocks stop stops
            storm story strategic street strike strikes strong struggle student students study success suffers summer
            summit sunday supply support supports supreme surge suspect suspected suspends system take takes taking
            talk talks target tax taxes teacher teachers team tech technology tell tells ten tests thing things third
            thousands threat threatens thursday tied ties tiny today together told tomorrow too top tour tourism
            tourists town toxic trade train training travel treatment trial trip troops truth try tuesday turn turns
            uncovers union united university urges use used uses vaccine victim victims victory video view visit
            visits voice vote voters votes wage wait wants war warn warning warns wars watch water way weather website
            wednesday week weekend weeks welcome west western wheat white wife wildlife win winner wins winter woman
            women won wonder words work worker workers working works world worst worth wounded wrong year years yet
            young youth
        """,
        "es": """
            abril abre abuso acción acepta acoge acuerdo acuerdos acusa acusado adiós advierte aeropuerto afecta
            agosto agua ahora aire alcalde alcaldesa alcanza alerta alemania alumnos ambiente amenaza análisis años
            año anuncia anuncian apoyo aprueba arranca asegura asesinato ataque ataques aumenta aumento autoridades
            ayer ayuda ayudas ayuntamiento bajo baja bajan banco bancos barrio batalla bien bomberos buena buenos
            busca buscan cae caen calidad calle calles calor cambio cambios camino campaña campeón campo candidato
            capital cárcel carretera casa casas caso casos causa celebra centro ciencia cientos cierra cierre cinco
            cine ciudad ciudadanos claves club coche coches colegio comercio comienza comisión comunidad conoce
            conocer consejo construcción control convierte corrupción cosas crece crecimiento crimen crisis cuatro
            cuenta cuerpo cultura cumbre cumple cúpula dan dar datos debate debe deben defensa defiende deja dejan
            delito demanda denuncia deporte derecho derechos derrota desaparecido descubre despide detenido detenidos
            detienen deuda día días diciembre dice dicen diez digital dinero diputado diputados director directora
            discurso dólar dólares domingo economía económica económico edad educación ejército elecciones eléctrica
            elige embajador emergencia empieza empleo empresa empresas encuentra encuentro enero enfermedad enfrenta
            entrada entrega entrevista equipo escándalo escuela escuelas españa español española españoles esperanza
            estado estados estrena estudiantes estudio euros europa europea europeo evita ex éxito exige expertos
            exportaciones fallece familia familias febrero femenina feria fiesta fin final firma fiscal fiscalía
            frente frontera fuego fuente fuerte fuerza fuerzas fútbol futuro gana ganador gente gobierno gol goles
            golpe gran grande grandes grupo guerra hallan hermano herido heridos hija hijo hijos historia hombre
            hombres hora horas hospital hoy huelga idea iglesia igualdad impuesto impuestos incendio industria
            inflación informe inicia inicio insiste inteligencia internacional inversión investigación investiga
            invierno isla jefe joven jóvenes jueves juez jugador jugadores juego juegos juicio julio junio justicia
            juventud lanza lanzan ley leyes libertad libro libros líder lidera liga llama llega llegan llevan lluvia
            lluvias local logra lucha lugar lunes luz madre maestros mañana mano mar marcha marroquí martes marzo mata
            mayo mayor médico médicos medida medidas medios mejor mejores menor menores mercado mercados mes meses
            miedo miércoles migrantes mil militar millones ministerio ministra ministro mitad moda modelo moneda
            motivos muere mueren muerte muerto muertos muestra mujer mujeres multa mundial mundo museo música musical
            nacional naciones navidad negocio nieve niña niño niños noche nombre norte noticias novela noviembre nueva
            nuevas nuevo nuevos obra obras ocho octubre oferta oficial opinión oposición oro país países pacto padre
            padres palabra parlamento paro parte partido partidos paz pena pequeño perder pérdidas periodista
            periodistas período personas pesca petróleo pide piden pierde plan plaza población pobreza poder policía
            política político políticos precio precios pregunta premio prensa presenta presidencia presidente
            presidenta presos primer primera primero prisión problema problemas proceso producción productos
            profesores programa prohíbe proyecto proyectos próximo próxima pública público pueblo puerto quiere
            quieren rechaza recibe récord recupera red reforma refuerza región registra regresa reina reino relación
            religión reto retos reunión revela rey riesgo robo ruta sábado salario sale salida salud sanidad santo
            sector seguridad segundo seis selección semana semanas sentencia sentir septiembre sequía servicio
            servicios siete siglo sigue sistema situación social sociedad soldados suben sube subida sueldo suma
            supera sur tarde tasa tecnología temporada temporal terremoto tiempo tierra tiroteo título toma
            trabajadores trabajo tráfico tras tren tribunal trimestre triunfo turismo turistas última últimas último
            últimos unión universidad vacuna vacunas vecinos vence venta ventas verano verdad vez viaje viajes víctima
            víctimas vida viejo viento viernes violencia vista visita vivienda vivir voto votos vuelo vuelos vuelta
            vuelve
        """,
        "pt": """
            abre ação acordo afirma agora água ajuda além alerta amanhã ano anos anuncia antes apoio aprova ataque
            ataques aumenta aumento bairro banco bilhões bolsa brasil brasileira brasileiro brasileiros cai câmara
            campeão campanha carro casa casos causa centro chega chuva chuvas cidade cidades cinco comissão compra
            conheça conselho contas corpo crescimento criança crianças crise crime cultura defende deixa depois
            deputado deputados deve dezembro dia dias direito direitos diz dinheiro dizem dólar domingo economia
            educação eleição eleições empresa empresas encontro então entrevista equipe equipa escola escolas estado
            estados estudo europa euros família federal feira feridos fevereiro fim final força forças frente futebol
            ganha gente gol golo governo greve grupo guerra história hoje homem homens hora horas hospital imposto
            incêndio investigação janeiro jogador jogadores jogo jogos jornal jovem jovens judiciário juiz julho junho
            justiça lança lei leva líder livro lisboa lugar luta maio maior maiores mão mar março médicos melhor
            melhores menina mercado mês meses mil milhão milhões ministério ministra ministro mora morre morreu mortes
            morte morto mortos mostra motorista mudança mulher mulheres mundial mundo museu música nacional noite nome
            notícias nova novas novembro novo novos número obras oposição outubro pai país países parlamento parte
            partido paz pede pela perde pessoa pessoas pesquisa plano polícia política político população porto
            português portuguesa portugueses povo prefeito prefeitura preço preços prêmio prémio prende presidente
            preso primeira primeiro prisão processo produção professores programa projeto quarta quatro quer quinta
            receba recebe recorde reforma região reunião risco rua sábado saiba salário saúde século segunda segundo
            segurança seleção semana senado sete setembro setor sexta sistema situação social sociedade sul supremo
            tarde taxa temperatura tempo terça terra trabalhadores trabalho tribunal troca última últimos universidade
            vacina veja vence venda vendas verão vida vídeo violência vitória você volta votação voto
        """,
        "it": """
            abbiamo accordo accusa acqua adesso aiuti allarme allerta alto amore anni anno annuncia aprile arresto
            arrestato arriva arrivano atto attacco attacchi aumenta aumento auto autunno avvocato azienda aziende
            bambini bambino banca banche battaglia bene borsa calcio caldo cambia campagna campione carcere casa caso
            centro cerca chiede chiesa chiude cinque cinema città cittadini classifica codice colpo coltello
            commissione comune concorso confronto consiglio contratto coppa corsa corte cosa cresce crisi cronaca
            cuore danni decreto denuncia dicembre dice difesa diretta diritti diritto divieto domani domenica donna
            donne dramma ecco economia effetti elezioni emergenza esce esercito estate europa europea euro fabbrica
            famiglia famiglie febbraio ferito feriti festa figli figlia figlio film fine finisce foto fondi forza
            forze francia fuoco furto gas gara gatto genitori gennaio giorni giornata giornale giornalista giorno
            giovane giovani giovedì giudice giugno giunta giustizia gol governo grande grandi guerra idea ieri imprese
            incendio inchiesta incidente indagini indagato italia italiana italiani italiano lanci lancia lavoro
            lavoratori legge leggi libri libro luglio lunedì luogo maggio maggioranza mafia malattia mano mare martedì
            marzo medici medico meglio mercato mercoledì mese mesi mila miliardi milioni ministero ministro mondiale
            mondo morte morti morto mostra museo musica napoli nasce nazionale negozi neve no nodo nome notizie notte
            novembre nuova nuove nuovi nuovo obbligo oggi omicidio onda opposizione ora ore ospedale ottobre pace
            padre paese paesi pagare parla parlamento parole parte partita partiti partito passo paura pensioni perde
            persone piano piazza pioggia polemica polizia ponte potere prefetto premier premio presidente prezzi
            prezzo prima primo prime primi processo produzione progetto proteste prova provincia pubblica pubblico
            quattro ragazza ragazzi ragazzo recupero regione religione resta ricerca rifiuti riforma rischio risultati
            ritorno roma sabato salute salva sanità sbarco scandalo scelta sciopero scontri scontro scuola scuole sei
            sera serata serie settembre settimana settore sfida sicurezza sindacati sindaco società soldi sondaggio
            sorpresa spesa squadra stato stati storia storico strada studenti studio sud svolta tasse tecnologia tempo
            terra terremoto torna torino trova trovato turismo ucciso uccide udienza ultima ultime ultimo uomini uomo
            vaccino vede vendita venerdì verità via viaggio vicino video vince vincere violenza visita vita vittima
            vittime vittoria voglio volo voti voto
        """,
        "ca": """
            abans accident acord activitat ajuda ajudes ajuntament alcalde alcaldessa alerta alumnes anuncia any anys
            aprova atac augment avui barcelona barri bé bombers cada cap carrer carrers casa casos català catalana
            catalans catalunya cau centre ciutat ciutats club col·legi comarca comença comerç concert conseller
            consellera crisi cultura defensa demà demana demanen detingut deute dia dies diada dilluns dimarts
            dimecres dijous divendres dissabte diumenge dimiteix diners director diu diuen dona dones dret drets
            economia educació eleccions emergència empresa empreses entitats entrevista equip escola escoles esport
            estat estiu estudi euros família famílies febrer ferits festa festival fill fills foc fons força futbol
            futur gener gent gol gran grans grup guanya guerra habitatge història hivern home homes hores hospital
            incendi juliol juny jove joves judici jutge jutgessa llei lliga llibre llibres lloc llum lluita mà maig
            mar març matí mediambient medi metges mes mesos mesures mil milió milions millor ministre mon món mor
            moren mort morts mostra música nacional nen nens neu nit nom nou nous nova noves novembre obra obre obres
            octubre país països partit partits pau pel·lícula persones pla plou plaça pluja pluges poble pobles
            polítics policia política por preu preus primer primera procés president presó projecte projectes públic
            rebut record reforma reunió salut segle seguretat setembre setmana sis societat temps teatre terra tornar
            treball treballadors tren trens turisme universitat vaga veïns vent vet viatge victòria vida vila vint
            violència vol vot vots xarxa xarxes
        """,
        "gl": """
            acordo alcalde alcaldesa ano anos anuncia aproba auga axuda axudas cidade cidades concello concellos
            conselleiro conselleira cultura deputación dereito día días eleccións emprego empresa empresas escola
            fenda fogo galega galego galegos galicia goberno home homes hoxe historia igrexa incendio investimento lei
            lingua maior mañá mellor mes meses millóns morre mortos mulleres muller mundo música nova novas novo novos
            orzamento outubro país paz pide piden pobo policía praza prezo prezos presidente primeira proxecto
            proxectos saúde semana século terra traballadores traballo universidade veciños vida vivenda xeral xente
            xogo xornada xoves xuíz xullo xunta xuño xustiza
        """,
        "ro": """
            accident acord acum afaceri alegeri alegerile an ani anul anunț anunță anunțat apă apel aprilie armata
            arestat august autoritățile azi băiat bani bănci biserica boală bucurești buget câștigă cam caz cazul
            cazuri cere cinci condamnat consiliul copii copil creștere criză cupa curte curtea cutremur data deces
            deputat despre dispărut dosar drum duminică echipa economie elevi elevii euro familie familia februarie
            femeie femei fermier fetiță fost fosta fotbal fotbalist fond grav guvern guvernul iarnă ianuarie ieri
            incendiu informații iulie iunie joi județ județul lege legea lei liga localitate lucrări lume lumea lună
            luni luptă mai mâine mare mari marți mașină mașini medic medici medicii meci meciul mediu miercuri mil
            milioane miliarde ministerul ministru ministrul moarte moartea mort mor mult murit muzica noaptea nou noua
            noi nouă noiembrie oameni octombrie om oraș orașul ore pace parlament partid partidul patru plată ploi
            poliția polițiștii politic pompierii preț prețul prețuri premier premierul președinte președintele prim
            primar primarul prima primul proiect proiectul protest protestat război războiul republica reuniune
            rezultate români românia român românească roman rus rusia sănătate săptămâna săptămână școală școli
            sâmbătă scandal semnat septembrie situația șofer spital spitalul stat statul sute șase șapte tânăr tineri
            timp tot trafic tren ucis ucraina unde vaccin vânt veste viața viață video vineri viitor vot vreme vremea
            zile zi zeci ziua
        """,
        "de": """
            abend amerika angriff arbeit arzt august bahn bank bauern bayern bei beim bericht berlin besuch bild brand
            bund bürger deutsch deutsche deutschen deutscher deutschland dezember dienstag donnerstag drei druck ende
            england erfolg erste ersten erster euro europa experten fall familie februar fest feuer film firma frau
            frauen freitag frieden führt fußball gegen geht geld gericht geschichte gesetz gewinnt gewalt gibt grenze
            große großen gut haus heute hilfe hoch hund internet jahr jahre jahren januar juli jung juni kampf kind
            kinder kirche klage kommt kommission kosten krieg krise kritik kunst land leben leute letzte liebe lehrer
            macht mann männer märz mehr mensch menschen milliarden millionen minister mittwoch monate montag morgen
            musik mutter nacht nach nato neu neue neuen neuer neues november oktober partei platz polizei politik
            präsident preis preise probleme prozess regierung regen reise rekord rund sagt samstag sauer schnee schule
            schüler schweiz sieg sonntag soll spiel stadt starben starke staat stellt steigen strasse straße streik
            streit studie stunden tag tage tagen tod tot tote toten trainer türkei unfall unternehmen urteil vater
            verein verletzt verletzte verliert verkehr vier volk vorwürfe wahl wahlen warnt wasser weg welt
            weltmeister wetter wirtschaft woche wochen wochenende wohnung zahl zeit zug zukunft
        """,
        "nl": """
            aan aanval akkoord alleen amsterdam april arts avond bank bedrijf bedrijven belgië belgische beter bij
            blijft boek boeren boete brand brengt brussel burgemeester crisis dag dagen dader december doden dode dood
            doet dollar donderdag dorp dinsdag drie duizenden economie eerste einde euro europa europese familie
            februari feest film fiets gaat geld gemeente gewond gewonden geweld goed graan groei groep grote grootste
            haalt haven hele helft hoger hoofd huis huizen hulp in inwoners jaar januari jarige jongen jongeren juli
            juni kabinet kamer kinderen klaar klimaat komt kosten krijgt laatste land landen leven lijkt leraren maand
            maandag maanden maart man mannen markt meer meest meisje mensen mei miljard miljoen minister moeder moord
            morgen muziek nacht nederland nederlandse nederlanders nieuw nieuwe niets nodig november oktober oorlog
            opnieuw ouders overleden partij plan plannen politie premier president prijs prijzen problemen rechter
            rechtbank regen regering rijk ruim rusland russische scholen school september slachtoffer slachtoffers
            snel spelen staat staking stad steeds sterft stijgt storm straat student studenten team tegen tijd
            toerisme trein treinen tweede twee uur vader van veel verkiezingen verdachte verlies vier vindt vlaamse
            vlaanderen vluchtelingen voetbal volgens vorig vraagt vrede vrij vrijdag vrouw vrouwen waarschuwt water
            week weken wereld werk werken wet wil wint winkel woensdag woning woningen ziekenhuis zaterdag zaak zegt
            zomer zondag zoon zorg zware zwaar
        """,
    }.items()
}
"""Words by ISO 639-1 code."""
