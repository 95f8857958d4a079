"""What sites print around and between an article's paragraphs, in French, English and Spanish. Data: a newcomer adds a line.

Phrases are written plainly: lower case, no accents, no apostrophes (``lire l article``), one a line. They are the trade's,
not a site's.
"""

from __future__ import annotations

__all__ = [
    "ADVERTISING",
    "ALONE",
    "BYLINE_STARTS",
    "COMMENT_HEADINGS",
    "DATE_STARTS",
    "FIRM",
    "LIST_HEADINGS",
    "LIST_STARTS",
    "OPENERS",
    "PROMPTS",
]


def _lines(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.splitlines() if line.strip())


PROMPTS = _lines(
    """
    lire aussi
    a lire aussi
    lire egalement
    a lire egalement
    lire encore
    lisez aussi
    lisez egalement
    a lire
    a relire
    relire
    voir aussi
    a voir aussi
    voir egalement
    a voir
    a ecouter
    ecouter aussi
    a decouvrir
    a decouvrir aussi
    decouvrez aussi
    lire notre article
    lire l article
    lire notre dossier
    notre dossier
    lire la suite
    pour aller plus loin
    sur le meme sujet
    sur le meme theme
    dans la meme rubrique
    en savoir plus
    read also
    also read
    read more
    read more on
    read next
    read on
    read this
    must read
    required reading
    recommended reading
    further reading
    keep reading
    see also
    see more
    more on this
    more
    related
    related article
    related articles
    related story
    related stories
    related reading
    related video
    related news
    related content
    recommended
    recommended for you
    up next
    next
    don t miss
    watch
    watch now
    watch also
    listen
    listen now
    leer tambien
    lea tambien
    lee tambien
    leer mas
    lee mas
    lea mas
    lee ademas
    lea ademas
    lea
    lee
    lee aqui
    ver tambien
    vea tambien
    ve tambien
    ver mas
    vea ademas
    puedes ver
    puede ver
    podes ver
    puedes leer
    puede leer
    podes leer
    mira
    mira tambien
    mire tambien
    escucha
    escuche tambien
    te puede interesar
    te podria interesar
    te pueden interesar
    tambien te puede interesar
    tambien te podria interesar
    le puede interesar
    le podria interesar
    tambien le puede interesar
    quiza te interese
    quizas te interese
    te interesa
    te recomendamos
    le recomendamos
    recomendamos leer
    recomendado
    recomendados
    mas informacion
    mas noticias
    noticia relacionada
    noticias relacionadas
    nota relacionada
    notas relacionadas
    articulo relacionado
    articulos relacionados
    temas relacionados
    contenido relacionado
    relacionado
    relacionada
    relacionados
    sigue leyendo
    siga leyendo
    no te pierdas
    no te lo pierdas
    conoce mas
    entérate
""".replace("é", "e")
)
"""They ask to read something else: with a sign after them (``Lire aussi : ...``) or alone on a line."""

FIRM = _lines("""
    lire aussi
    a lire aussi
    lire egalement
    a lire egalement
    lisez aussi
    voir aussi
    voir egalement
    read also
    also read
    see also
    leer tambien
    lea tambien
    lee tambien
    lea ademas
    lee ademas
    ver tambien
    vea tambien
    mira tambien
    te puede interesar
    le puede interesar
    tambien te puede interesar
    tambien le puede interesar
""")
"""Prompts that need no sign after them, where what follows is a title and no sentence."""

LIST_HEADINGS = PROMPTS | _lines("""
    articles lies
    articles associes
    articles similaires
    articles recommandes
    nos articles
    autres articles
    a la une
    a ne pas manquer
    notre selection
    les plus lus
    les articles les plus lus
    vous aimerez aussi
    recommended stories
    recommended videos
    more stories
    more news
    latest news
    latest stories
    top stories
    trending
    trending now
    trending stories
    popular stories
    most read
    most popular
    most viewed
    you may also like
    you might also like
    you may like
    you might also be interested in
    editor s picks
    editors picks
    lo mas leido
    lo mas visto
    mas leidas
    mas leidos
    las mas leidas
    ultimas noticias
    otras noticias
    mas en
""") - _lines("more\nnext\nwatch\nlisten\nmira\nlea\nlee\nread on\nread this\na lire\na voir\nrelire\nescucha")
"""Alone on a line they head a list of other articles."""

LIST_STARTS = _lines("""
    more from
    more on
    read more on
    most read in
    most popular in
    trending in
    latest in
    mas sobre
    mas de
    lo mas leido en
    tous nos articles sur
    toute l actualite
    a lire aussi sur
""")
"""They begin the heading of such a list."""

COMMENT_HEADINGS = _lines("""
    comments
    commentaires
    vos commentaires
    les commentaires
    vos reactions
    comentarios
    reader comments
    user comments
    join the conversation
    join the discussion
    join our commenting forum
    start the conversation
    leave a comment
    leave a reply
    laisser un commentaire
    deja un comentario
    deje un comentario
""")
"""Alone on a line, a number beside them or not, they head what readers wrote."""

ADVERTISING = _lines("""
    publicite
    publicites
    publicidad
    advertisement
    advertisements
    advertising
    advert
    ad
    ads
    anuncio
    anuncios
    annonce
    pub
    sponsored
    sponsored content
    contenu sponsorise
    contenido patrocinado
    promotion
    passer la publicite
    la suite apres la publicite
    la suite apres cette publicite
    la suite apres la pub
    la suite de l article apres la publicite
    article continues below
    article continues after advertisement
    article continues below advertisement
    article continues below this ad
    story continues below
    story continues below advertisement
    story continues after advertisement
    continue reading
    continue reading the main story
    continue reading below
    scroll to continue
    scroll down to continue
    scroll to continue with content
    sigue leyendo tras la publicidad
    continua leyendo
    continua despues de la publicidad
    el articulo continua despues de la publicidad
    la nota continua despues de la publicidad
""")

ALONE = _lines("""
    partager
    partagez
    partager l article
    partager cet article
    partager cet article sur
    partager sur
    share
    share this
    share this article
    share this story
    share this page
    share on
    share via
    compartir
    comparte
    compartir en
    compartir articulo
    compartir noticia
    comparte esta noticia
    comparte este articulo
    compartelo
    tweet
    tweeter
    whatsapp
    facebook
    twitter
    linkedin
    telegram
    pinterest
    messenger
    google news
    email
    e mail
    flipboard
    copier le lien
    lien copie
    copy link
    copy the link
    link copied
    copiar enlace
    copiar el enlace
    imprimer
    print
    print this article
    imprimir
    envoyer par email
    envoyer par mail
    ajouter a mes favoris
    ajouter aux favoris
    enregistrer
    sauvegarder
    save
    save this story
    save article
    save for later
    guardar
    l article a ete ajoute a vos favoris
    ecouter l article
    ecouter cet article
    listen to this article
    listen to article
    escuchar articulo
    escuchar el articulo
    escucha este articulo
    temps de lecture
    temps de lecture min
    lecture min
    min de lecture
    minutes de lecture
    reading time
    min read
    minute read
    tiempo de lectura
    min de lectura
    minutos de lectura
    commenter
    reagir
    ver comentarios
    view comments
    view all comments
    show comments
    retour
    retour en haut
    back to top
    volver arriba
""")
"""Buttons and measures: alone on a line, numbers aside."""

OPENERS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("newsletter", _lines("""
        inscrivez vous
        abonnez vous
        je m inscris
        je m abonne
        recevez
        retrouvez
        sign up
        subscribe
        register
        get
        receive
        want more
        join
        suscribete
        suscribase
        suscribirse
        registrate
        recibe
        reciba
        apuntate
        inscribete
    """), _lines("newsletter\nnewsletters\ninfolettre\nboite mail\nboite de reception\nlettre d information\ninbox\n"
                 "email alerts\nemail updates\nyour email\nboletin\nboletines\ncorreo\ntu email")),
    ("share", _lines("""
        suivez
        suivez nous
        retrouvez
        retrouvez nous
        rejoignez
        rejoignez nous
        abonnez vous
        follow
        follow us
        like us
        find us
        join
        join us
        join our
        subscribe to our
        add us
        siguenos
        siganos
        sigue
        sigueme
        seguinos
        unete
        suscribete
        mira lo que tiene nuestro
        visita nuestro
        visite nuestro
    """), _lines("facebook\ntwitter\ninstagram\nwhatsapp\ntelegram\nyoutube\ntiktok\nlinkedin\ngoogle news\nthreads\nbluesky")),
    ("share", _lines("""
        telechargez
        download
        descarga
        descargue
        descargate
        get the
        get our
        click here to get
    """), _lines("app\napplication\naplicacion\napp store\ngoogle play")),
    ("paywall", _lines("""
        cet article est reserve
        cet article est exclusivement reserve
        ce contenu est reserve
        la suite est reservee
        la suite de cet article est reservee
        article reserve
        contenu reserve
        pour lire la suite
        pour lire cet article
        pour acceder
        abonnez vous
        connectez vous
        creez un compte
        creez votre compte
        this article is
        this content is
        this story is
        to continue reading
        to read the full
        subscribe
        register
        log in
        sign in
        sign up
        start your
        want to bookmark
        suscribete
        registrate
        inicia sesion
        hazte socio
        para seguir leyendo
        para continuar leyendo
        contenido exclusivo
        articulo exclusivo
        este contenido
    """), _lines("abonne\nabonnes\nillimite\npour lire\npour continuer\npour acceder\ngratuitement\nsubscriber\nsubscribers\n"
                 "subscription\nunlimited\nto continue\nto keep reading\nto read\nto unlock\nto access\nto bookmark\n"
                 "free account\nan account\nsuscriptor\nsuscriptores\nsuscripcion\npara seguir\npara continuar\npara leer\n"
                 "para acceder")),
    ("paywall", _lines("""
        deja abonne
        deja inscrit
        il vous reste
        already a subscriber
        already a member
        already subscribed
        already registered
        already have an account
        ya eres suscriptor
        ya eres socio
        ya es suscriptor
        ya tienes cuenta
    """), frozenset([""])),
    ("copyright", _lines("""
        copyright
        all rights reserved
        tous droits reserves
        todos los derechos reservados
        derechos reservados
        reproduction interdite
        toute reproduction
        prohibida la reproduccion
        prohibida su reproduccion
        queda prohibida la reproduccion
        this material may not be
        this article may not be
        not to be redistributed
        written permission must be
    """), frozenset([""])),
    ("contact", _lines("""
        contact the author
        contact the reporter
        contact us
        contactez nous
        contactenos
        email the author
        email the writer
        you can email
        send us
        ecrivez nous
        escribenos
        escribanos
        have a tip
        got a tip
        vous avez une information
    """), _lines("@\ntips\nat")),
)  # fmt: skip
"""(reason, beginnings, words of which one must follow): a line of one or two sentences that asks for something."""

BYLINE_STARTS = _lines("par\nby\npor\nde notre envoye special\nde notre envoyee speciale\nde notre correspondant\n"
                       "de notre correspondante\npropos recueillis par")  # fmt: skip
DATE_STARTS = _lines("publie\npubliee\npublie le\nmis a jour\nmise a jour\nmodifie\ncree le\nposted\npublished\nupdated\n"
                     "last updated\nlast modified\npublicado\npublicada\nactualizado\nactualizada\nmodificado")  # fmt: skip
