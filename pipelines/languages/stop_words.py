"""The commonest function words of languages that are mixed up in headlines: pure data.

Articles, prepositions, pronouns, conjunctions and auxiliaries as any grammar lists them, in lower case; no words
about any subject. A word may stand in several languages: it then says nothing between those. Elided words end in
their apostrophe (``l'``), English endings begin with it (``'s``); the apostrophe is always U+0027.
:mod:`pipelines.languages.known_words` weighs them.
"""

from __future__ import annotations

__all__ = ["STOP_WORDS"]

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "fr": """
            le la les l' un une des du de d' à a au aux en dans par pour sur sous avec sans vers chez entre et ou où
            mais ni car que qu' qui quoi dont ce cet cette ces c' se s' sa son ses leur leurs mon ma mes notre nos
            votre vos je j' tu il elle on nous vous ils elles y ne n' pas plus moins très est sont été être était
            seront sera ont avoir avait fait faire peut comme après avant depuis pendant contre selon lors dès si tout
            tous toute toutes autre autres même aussi encore déjà toujours jamais quand comment pourquoi quel quelle
            quels quelles afin ainsi alors deux trois
        """,
        "en": """
            the a an of to in on at by for from with without into onto over under after before about against between
            during through as and or but nor so that this these those which who whom whose what when where why how is
            are was were be been being has have had do does did will would can could should may might must not no 's
            n't 're 've 'll 'd it its he his him she her they their them we our us you your i my me if than then there
            here all any some more most other new up out off down only just also still again says said two three
        """,
        "es": """
            el la los las un una unos unas de del a al en con sin por para sobre bajo entre hacia hasta desde según
            contra tras durante ante y e o u ni pero sino que qué quien quién cual cuál cuyo como cómo cuando cuándo
            donde dónde porque si no sí es son fue fueron era ser está están estar ha han había hay haber hace hacer
            puede pueden se su sus lo le les me mi mis te tu nos nuestro nuestra yo él ella ellos este esta estos
            estas ese esa eso esto más menos muy ya también todo todos toda todas otro otra otros otras mismo así aún
            sólo solo nunca siempre cada dos tres
        """,
        "pt": """
            o a os as um uma uns umas de do da dos das em no na nos nas num numa ao à aos às por pelo pela pelos pelas
            para com sem sobre sob entre até desde após contra durante e ou nem mas que quem qual quais como quando
            onde porque se não sim é são foi foram era ser está estão estar há tem têm ter vai vão pode podem fazer
            faz seu sua seus suas lhe eu ele ela eles elas nós isso isto este esta esse essa aquele mais menos muito
            já também ainda todo todos toda todas outro outra outros outras mesmo só cada dois duas três
        """,
        "it": """
            il lo la i gli le l' un uno una un' di del dello della dei degli delle dell' a al allo alla ai agli alle
            all' da dal dalla dai dalle dall' in nel nella nei nelle nell' con su sul sulla sui sulle sull' per tra
            fra senza dopo prima contro verso e ed o ma né che chi cui non più meno molto anche ancora già come quando
            dove perché se si ci ne è sono era stato stata essere ha hanno aveva avere fa fare può possono suo sua
            suoi loro mio noi voi io lui lei questo questa questi queste quello quella tutto tutti tutte altro altri
            altre c' d' s' due tre
        """,
        "ca": """
            el la els les l' un una uns unes de del dels d' a al als en amb sense per pel pels sobre sota entre cap
            fins des segons contra durant davant i o ni però sinó que què qui com quan on perquè si no és són va van
            era ser està estan estar ha han havia hi ho fa fer pot poden es s' seu seva seus seves li em m' et t' n'
            ens us aquest aquesta aquests aquestes això més menys molt ja també encara tot tots tota totes altre altra
            altres mateix només mai sempre cada dos dues tres
        """,
        "gl": """
            o a os as un unha uns unhas de do da dos das en no na nos nas nun nunha ao á aos ás por polo pola polos
            polas para con sen sobre baixo entre ata desde dende tras contra durante e ou nin pero mais que quen cal
            como cando onde porque se non si é son foi foron era ser está están hai ten teñen vai pode seu súa seus
            súas lle eu el ela eles nós isto este esta máis menos moi xa tamén aínda todo todos toda outro outra
            outros dous dúas tres
        """,
        "ro": """
            un o al a ai ale cel cea cei cele lui de din la în pe cu fără pentru prin spre sub peste între până după
            înainte contra și sau nici dar iar ci că să care ce cine cum când unde dacă nu da este e sunt fost era fi
            va vor au am are avea se își îi îl le lor său sa sale eu el ea ei noi acest această acești aceste mai
            foarte tot toate toți alt alte doar chiar doi două trei
        """,
        "oc": """
            lo la los las l' un una de del dels d' a al als en amb dins per sus sens entre fins contra e o ni mas que
            qu' qual cossí quand ont perque se es son èra foguèt èsser an avián i ne sa sos sas lor aqueste aquesta
            aquò mai mens plan tanben tot totes autre autra dos doas tres
        """,
        "de": """
            der die das den dem des ein eine einen einem einer eines von vom zu zum zur in im ins an am auf aus bei
            beim mit nach ohne um über unter vor zwischen gegen für durch seit bis und oder aber nicht kein keine dass
            ob wenn wie was wer wo warum ist sind war waren sein wird werden wurde hat haben hatte kann können soll
            muss er sie es wir ihr ich sich seine ihre dieser diese dieses auch noch nur schon mehr als so zwei drei
        """,
        "nl": """
            de het een van in op aan bij met naar om onder over te ten ter tot uit voor door zonder tegen tussen na en
            of maar niet geen dat die dit deze wie wat waar hoe als is zijn was waren wordt worden werd heeft hebben
            had kan kunnen moet zal zou hij zij ze we wij ik je u zich hun haar ook nog al meer dan er twee drie
        """,
        "af": """
            die 'n van in op aan by met na om onder oor te tot uit vir deur sonder teen tussen en of maar nie geen dat
            wat wie waar hoe as is was word sal het kan moet hy sy hulle ons ek jy dit hierdie daar ook nog meer se
            twee drie
        """,
        "sv": """
            en ett den det de av i på till från med för om under över vid utan mot mellan efter innan och eller men
            inte att som är var vara blir har hade kan ska skulle han hon vi jag du sig sin sina deras också bara mer
            än nu så när hur vad två tre
        """,
        "da": """
            en et den det de af i på til fra med for om under over ved uden mod mellem efter og eller men ikke at som
            er var være bliver har havde kan skal ville han hun vi jeg du sig sin sine deres også kun mere end nu så
            når hvordan hvad to tre
        """,
        "no": """
            en et ei den det de av i på til fra med for om under over ved uten mot mellom etter og eller men ikke å at
            som er var være blir har hadde kan skal ville han hun vi jeg du seg sin sine deres også bare mer enn nå så
            når hvordan hva to tre
        """,
        "pl": """
            i w we z ze na do od po o u za przez dla przed nad pod bez się nie to że jak czy jest są był była było
            będzie ma tym tego ten ta te który która które oraz ale lub co już jego jej ich może tylko dwa trzy
        """,
        "hr": """
            i u na za s sa od do iz po o pri kod kroz prema bez se ne je su bio bila bilo biti će da što koji koja
            koje kako kao ali ili te to ovaj ova ove taj nije nisu samo već još ima mogu može dva tri
        """,
        "tr": """
            ve bir bu için ile de da ki ne çok daha en gibi kadar sonra önce olarak olan oldu var yok mı mi mu değil
            ama veya her o
        """,
        "id": """
            yang di dan ke dari untuk dengan pada ini itu adalah dalam tidak akan juga oleh sebagai karena atau telah
            bisa sudah kami mereka ada saat para
        """,
        "tl": """
            ang ng sa na at mga ay si ni kay ito iyon hindi para kung may mayroon nang rin din siya niya sila kanilang
            ako mo ko nito
        """,
        "so": """
            iyo oo ee uu ka ku la waa waxaa waxa ayaa in ay si soo uga kale badan ah isagoo waxay markii lagu laga loo
        """,
        "sw": """
            ya wa na za la kwa ni katika kuwa cha hii hiyo huo ambayo ambao pia lakini baada kutoka yake wake si au
        """,
        "sq": """të e në me dhe për nga një i se që do është janë ka kanë më nuk si po ky kjo ose edhe deri""",
        "la": """
            et in ad cum de ex ab a e per pro sub ut non est sunt esse qui quae quod hic haec hoc sed aut atque ac nec
            si eius
        """,
        "eo": """
            la de en kaj al el kun por pri per sur sub ĉe inter estas estis ne kiu kiuj kiel kio ke se sed aŭ li ŝi
            ili ĝi tiu tiuj ankaŭ pli da
        """,
        "eu": """eta da ez du dira zen bat dute izan den ere edo baina hau hori bere dela batean egin ditu""",
        "hu": """a az egy és hogy nem is van volt lesz meg el ki de vagy mint csak már még azt ez ezt aki ami""",
        "fi": """ja on ei oli ovat että se joka jotka mutta tai kun kuin myös hän he mukaan sen ole""",
        "cs": """
            a v ve na se s z ze do je že o k po za pro od jako jsou byl byla bylo ale nebo který která které už podle
            není
        """,
        "vi": """và của là có trong được cho với các những một không người đã từ này khi đến về""",
        "mt": """il l- tal ta' u li f' fil bil ma' minn għal hu hija huma kien dan din mhux jew""",
        "kab": """d n i s ar deg seg di ad ur ara akken anda wid win nni ayen aya yellan yella akked neɣ ɣef""",
    }.items()
}
"""Words by ISO 639-1 code."""
