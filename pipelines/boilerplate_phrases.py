"""What sites print between an article's paragraphs, in French, English and Spanish: one pattern a reason.

The phrases are those of the trade (newsroom style guides, content systems, subscription and advertising systems), not of
single sites. ``\\b`` at the end keeps "Lire aussi" from matching a longer word.
"""

from __future__ import annotations

import re

__all__ = ["BYLINES", "COMMENT_HEADINGS", "HEADINGS", "PHRASES"]


def _starting(*phrases: str) -> re.Pattern[str]:
    return re.compile(r"^\W*(?:" + "|".join(phrases) + ")", re.I)


def _whole(*phrases: str) -> re.Pattern[str]:
    return re.compile(r"^\W*(?:" + "|".join(phrases) + r")\W*$", re.I)


_PROMPT_END = r"\s*(?:[:|»>→►▶–—/]|\s-\s|\.\.\.|…)"

PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("read-also", _starting(
        r"(?:[àa] )?(?:re)?(?:lire|lisez|voir|[ée]couter|d[ée]couvrir|consulter) (?:aussi|[ée]galement|notre|nos|l['’]article)\b.{0,30}?" + _PROMPT_END,
        r"(?:lire|voir|lisez) (?:aussi|[ée]galement)\b(?!.*\w[.!?]$)",
        r"(?:[àa] (?:re)?(?:lire|voir|[ée]couter)|\(re\)(?:lire|voir)|lire la suite|pour aller plus loin|sur le m[êe]me (?:sujet|th[èe]me))\b" + _PROMPT_END,
        r"(?:also read|read (?:also|more|next|this|on)|see (?:also|more)|recommended(?: reading)?|related(?: (?:article|stor(?:y|ies)|reading|video|news|content|posts?|topics?)s?)?|more(?: on this)?|"
        r"(?:don['’]t )miss|watch(?: now)?|listen|next|must read|further reading|keep reading)" + _PROMPT_END,
        r"(?:also read|read also|see also)\b(?!.*\w[.!?]$)",
        r"(?:l[ea]e[rn]?|vea|ve[ar]?|mir[ae]|escuch[ae]|consult[ae]|conoce|descubre) (?:tambi[ée]n|adem[áa]s|m[áa]s)\b" + _PROMPT_END,
        r"(?:l[ea]e[rn]?|vea|ver|mir[ae]) (?:tambi[ée]n|adem[áa]s)\b(?!.*\w[.!?]$)",
        r"(?:tambi[ée]n )?(?:te|le|les|os|quiz[áa]s? te) (?:puede|podr[íi]a|pueda|interese)n?(?: interesar)?" + _PROMPT_END,
        r"(?:mir[ae]|m[áa]s informaci[óo]n|relacionad[ao]s?|(?:noticias?|art[íi]culos?|notas?|temas?) relacionad[ao]s?|sigue leyendo|no te pierdas|lea|lee)" + _PROMPT_END,
    )),
    ("share", _whole(
        r"(?:partage[rz]?|share|compart(?:ir|e|a)|tweet(?:er)?|whats ?app|facebook|twitter|linkedin|telegram|pinterest|messenger|e-?mail|x)",
        r"(?:partage[rz]?|share|compart(?:ir|e|a|ir esta noticia))(?: (?:cet?(?:te)?|this|est[ae]|el|la|l['’])\s?\w+)?(?: (?:sur|on|via|en|por|with|avec|con) .{1,40})?",
        r"(?:copier le lien|copy (?:the )?link|copiar (?:el )?enlace|lien copi[ée]|link copied|imprimer|print(?: this)?|imprimir|envoyer par e-?mail)",
        r"(?:ajouter (?:[àa] )?(?:mes |aux )?favoris|l['’]article a [ée]t[ée] ajout[ée].{0,30}|guardar|save(?: (?:this )?(?:article|story))?|enregistrer|sauvegarder)",
        r"(?:temps de lecture|lecture|reading time|tiempo de lectura)\s*:?\s*\d+\s*\w{0,8}",
        r"\d+\s*(?:min|minutes?|minutos?)\.?\s*(?:de lecture|read|de lectura)",
        r"(?:[ée]couter (?:cet |l['’])article|listen to (?:this )?article|escuchar (?:el |este )?art[íi]culo)(?:.{0,30})?",
        r"\d+\s*(?:comment(?:aire)?s?|comentarios?|shares?|partages?|views?|vues)",
        r"(?:r[ée]agir|commenter|comment(?:s|aires?)?|comentarios|ver comentarios|view comments|leave a (?:comment|reply)|laisser un commentaire|deja un comentario)",
    )),
    ("share", _starting(
        r"(?:suivez[- ]nous|retrouvez[- ]nous|follow us|s[íi]gue?nos|seguinos|siguenos|rejoignez[- ](?:nous|notre)|join us|[úu]nete a) (?:aussi |[ée]galement |also |tambi[ée]n )?(?:sur|on|en|dans|in|via|at|nuestr\w+|el|la|cha[îi]ne|canal)\b",
        r"(?:click here to get|t[ée]l[ée]chargez|download|descarga(?:te)?) (?:the|our|l['’]|notre|la|nuestra) ?.{0,30}\bapp(?:li(?:cation)?|licaci[óo]n)?\b.{0,40}$",
    )),
    ("newsletter", _starting(
        r"(?:inscrivez[- ]vous|abonnez[- ]vous|je m['’]inscris|recevez) .{0,60}(?:newsletter|infolettre|lettre d['’]information|alertes?|bo[îi]te (?:mail|de r[ée]ception))",
        r"(?:sign up|subscribe|register)\b.{0,80}(?:newsletter|inbox|e-?mails?|alerts?|updates|bulletin|here)\b",
        r"(?:get|receive) .{0,80}(?:in|to) your inbox",
        r"(?:suscr[íi]b(?:ete|ase|irse)|reg[íi]str(?:ate|ese)|ap[úu]ntate|recib[ea]) .{0,80}(?:newsletter|bolet[íi]n|alertas|correo)",
    )),
    ("paywall", _starting(
        r"(?:cet|ce|la suite de cet?|la suite de l['’]) ?(?:article|contenu)?.{0,20}(?:est )?r[ée]serv[ée]e? (?:aux|[àa] nos) abonn[ée]s",
        r"(?:article|contenu) r[ée]serv[ée] aux abonn[ée]s",
        r"il vous reste .{1,30} de cet article",
        r"(?:pour lire la suite|pour lire cet article|la suite de (?:cet |l['’])article).{0,60}(?:abonn|connect)",
        r"d[ée]j[àa] abonn[ée]|already (?:a )?(?:subscribe[rd]|member|registered)|¿?ya (?:eres|es) (?:suscriptor|socio)|already have an account",
        r"(?:subscribe|register|log ?in|sign ?in)\b.{0,30} to (?:continue|keep|read|unlock|access|view|bookmark)\b",
        r"this (?:article|content|story) is (?:only )?(?:for|available to|exclusive(?:ly)? (?:for|to)) (?:our )?subscribers",
        r"(?:suscr[íi]bete|reg[íi]strate|inicia sesi[óo]n|hazte socio)\b.{0,30} para (?:continuar|seguir|leer|acceder)",
        r"(?:contenido|art[íi]culo) exclusivo para (?:nuestros )?(?:suscriptores|socios)",
        r"want to bookmark your favou?rite",
    )),
    ("advertising", _whole(
        r"(?:publicidad|publicit[ée]s?|advertis(?:e)?ment|advertising|anuncio|annonce|pub|ads?|sponsored(?: content)?|contenu sponsoris[ée]|contenido patrocinado|promotion)",
        r"(?:la )?suite (?:de l['’]article )?apr[èe]s (?:la|cette) (?:publicit[ée]|pub|annonce)",
        r"(?:article|story) continues (?:below|after)(?: (?:this )?advertisement)?|scroll (?:down )?to continue(?: .{0,30})?|continue reading(?: the main story)?",
        r"(?:sigue|contin[úu]a|el art[íi]culo contin[úu]a|lee m[áa]s) (?:leyendo )?(?:tras|despu[ée]s de|debajo de) (?:la|esta) publicidad",
    )),
    ("copyright", _starting(
        r"(?:©|\(c\)|copyright\b|all rights reserved|tous droits r[ée]serv[ée]s|todos los derechos reservados|derechos reservados)",
        r"(?:toute )?reproduction (?:m[êe]me partielle |totale ou partielle )?(?:est )?(?:strictement )?interdite|prohibida (?:su|la) reproducci[óo]n",
        r"this (?:material|article|story) (?:may not|must not) be (?:published|reproduced)",
        r"(?:written permission|permission) must be obtained",
    )),
    ("credit", re.compile(
        r"^\W*(?:(?:photos?|foto(?:graf[íi]a)?s?|image|imagen|illustration|cr[ée]dits?(?: photos?)?|credit)\s*[:/|©]\s*|photo (?:by|d['’]archives?|credit)\b)(?=.{0,90}$)(?!.*\w[.!?]\s+\w)", re.I)),
)  # fmt: skip
"""(reason, pattern) pairs; the first that matches a line gives the reason for taking it away."""

HEADINGS = _whole(
    r"(?:[àa] )?(?:re)?(?:lire|voir|d[ée]couvrir) (?:aussi|[ée]galement)", r"sur le m[êe]me (?:sujet|th[èe]me)", r"dans la m[êe]me rubrique",
    r"(?:nos |autres )?articles (?:li[ée]s|associ[ée]s|recommand[ée]s|similaires)", r"(?:les )?plus lus", r"[àa] (?:la une|ne pas manquer)", r"notre s[ée]lection",
    r"(?:read|see) (?:also|more|next)", r"also read", r"(?:related|recommended|more|latest|top|trending|popular) (?:articles?|stor(?:y|ies)|news|posts?|topics?|content|coverage|reading|videos?|links)",
    r"related", r"(?:you )?(?:might|may) also (?:like|be interested in)", r"you (?:might|may) also (?:like|be interested in)", r"most (?:read|popular|viewed)(?: in .{1,30})?", r"(?<!- )more (?:from|on) .{1,40}", r"don['’]t miss", r"read next", r"recommended(?: for you)?|recommended videos",
    r"l[ea]e (?:tambi[ée]n|adem[áa]s)", r"(?:noticias|art[íi]culos|notas|temas|contenidos?) relacionad[ao]s", r"relacionad[ao]s", r"(?:tambi[ée]n )?(?:te|le) (?:puede|podr[íi]a) interesar", r"(?:lo )?m[áa]s (?:le[íi]do|visto)s?", r"m[áa]s (?:noticias|informaci[óo]n|sobre .{1,40})", r"[úu]ltimas noticias", r"no te pierdas",
)  # fmt: skip
"""A line that heads a list of other articles."""

COMMENT_HEADINGS = _whole(
    r"\(?\d*\)?\s*(?:reader |user |view )?comments?(?: \(?\d+\)?)?", r"\d*\s*commentaires?(?: \(?\d+\)?)?", r"\d*\s*comentarios?(?: \(?\d+\)?)?",
    r"(?:join|start) (?:the|our) (?:conversation|discussion|commenting forum)", r"(?:vos|les) (?:r[ée]actions|commentaires)", r"leave a (?:comment|reply)", r"laisser un commentaire", r"deja un comentario",
)  # fmt: skip
"""A line that heads what readers wrote."""

BYLINES = re.compile(
    r"^\W*(?:(?:par|by|por|de notre (?:envoy[ée]e? sp[ée]ciale?e?|correspondante?))\s+(?-i:[A-ZÉÈÀÂÎÔÇÁÍÓÚÑ])[^.!?]{2,70}$"
    r"|(?:publi[ée]e?|mis [àa] jour|modifi[ée]|cr[ée][ée]|posted|published|updated|last (?:updated|modified)|publicado|actualizado|modificado)\b[^.!?]{0,25}\d[^.!?]{0,60}$)",
    re.I,
)
"""A line that only says who wrote the article, or when it was published."""
