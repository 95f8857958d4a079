"""The words of date lines in French, English, Spanish and Arabic: months, weekdays, labels, small words.

Tables to add a line to. They are written as people write them (``_`` for a space inside a phrase) and folded when
the module is loaded; the patterns built from them match folded lower-case text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.date_text import variants

__all__ = [
    "BARE_LABELS",
    "BYLINE",
    "FILLERS",
    "FOREIGN_TO_ENGLISH",
    "MONTHS",
    "PARTS",
    "WEEKDAYS",
    "alternatives",
    "compose",
    "forms",
    "label_kind",
]

# English, French, Spanish; then Egypt and the Gulf, Algeria and Tunisia, Morocco, the Levant. One line a month.
_MONTHS = """
january jan janvier janv enero ene يناير جانفي كانون_الثاني
february feb février févr fév fevr febrero فبراير فيفري شباط
march mar mars marzo مارس آذار
april apr avril avr abril abr أبريل إبريل أفريل نيسان
may mai mayo مايو ماي أيار
june jun juin junio يونيو يونيه جوان حزيران
july jul juillet juil juill julio يوليو يوليه يوليوز جويلية تموز
august aug août agosto ago aou أغسطس غشت أوت آب
september sep sept septembre septiembre setiembre سبتمبر شتنبر أيلول
october oct octobre octubre أكتوبر تشرين_الأول
november nov novembre noviembre نوفمبر نونبر تشرين_الثاني
december dec décembre déc diciembre dic ديسمبر دجنبر كانون_الأول
"""
_WEEKDAYS = """
monday mon lundi lun lunes الاثنين الإثنين اثنين
tuesday tue tues mardi mar martes الثلاثاء ثلاثاء
wednesday wed mercredi mer miércoles mié mie الأربعاء أربعاء
thursday thu thur thurs jeudi jeu jueves jue الخميس خميس
friday fri vendredi ven viernes vie الجمعة جمعة
saturday sat samedi sam sábado sáb sab السبت سبت
sunday sun dimanche dim domingo dom الأحد أحد
"""
# Months of the Islamic calendar: the day they give is not read, the Gregorian one printed beside it is.
_HIJRI = """
محرم صفر ربيع_الأول ربيع_الثاني ربيع_الآخر جمادى_الأولى جمادى_الآخرة جمادى_الثانية رجب شعبان رمضان شوال
ذو_القعدة ذي_القعدة ذو_الحجة ذي_الحجة
muharram mouharram moharrem safar rabi_al_awal rabie_al_awal rabii_al_aoual rabi_i rabi_ii rajab shaban
chaabane ramadan ramadhan shawwal chawal chaoual joumada_i joumada_ii jumada_i jumada_ii dhu_al_hijja dhou_al_hijja
"""

# What is printed before the date a text came out. "other" labels a date that says nothing about publication.
_LABELS = {
    ("published", "fr"): """publié publiée publiés mis_en_ligne mise_en_ligne posté postée paru parue parution
        date_de_publication date_de_parution publication rédigé rédigée écrit créé créée ajouté ajoutée diffusé édition
        daté datée première_publication publié_initialement envoyé soumis""",
    ("published", "en"): """published first_published originally_published posted posted_on date_published created
        publication_date published_date date_posted post_date pub_date pubdate date issued written filed edition dated
        added submitted""",
    ("published", "es"): """publicado publicada publicados publicación fecha_de_publicación fecha escrito creado creada
        edición emitido subido fechado publicado_originalmente""",
    ("published", "ar"): "نشر نشرت النشر تم_النشر تم_نشره تاريخ_النشر نشر_في تاريخ بتاريخ حرر كتب_في أضيف",
    ("updated", "fr"): """mis_à_jour mise_à_jour dernière_mise_à_jour maj màj modifié modifiée dernière_modification
        actualisé actualisée dernière_actualisation édité éditée corrigé republié republiée remanié""",
    ("updated", "en"): """updated last_updated last_update update modified last_modified edited last_edited revised
        corrected republished reviewed last_reviewed date_modified date_updated""",
    ("updated", "es"): """actualizado actualizada última_actualización actualización modificado modificada editado
        última_modificación fecha_de_actualización republicado corregido""",
    ("updated", "ar"): "آخر_تحديث تحديث تم_التحديث تم_تحديثه تاريخ_التحديث آخر_تعديل تعديل حدث_في عدل_في",
    ("other", "fr"): """né née décédé décédée mort morte inscrit inscrite membre_depuis depuis jusqu'au jusqu'à
        date_limite échéance expire valable à_partir avant après chaque consulté dernière_visite date_de_naissance
        dernière_connexion rendez-vous sortie en_salles disponible prochain prochaine inscription inscriptions ouverture
        fermeture début fin départ arrivée match concert""",
    ("other", "en"): """born died joined member_since since until till valid expires expired deadline due before after
        every each copyright © (c) accessed retrieved last_seen last_login registered starts ends from birthday starting
        opens closes effective scheduled start end event departure arrival check-in check-out""",
    ("other", "es"): """nacido nacida nació murió fallecido desde hasta fecha_límite caduca válido vence miembro_desde
        registrado cada antes después consultado a_partir próximo próxima estreno
        inicio salida llegada apertura cierre evento sorteo fecha_de_nacimiento""",
    ("other", "ar"): "ولد توفي حتى منذ ابتداء",
}
# Small words that a date line may hold anywhere; among them what stands before a label ("this article was ...").
_FILLERS = """
le la les l' ce cet cette à au en dans avec agence agences rédaction sur vers via du de des d' et un une jour heure
heures article page actualité info dépêche brève vidéo a été est initialement
the in on at of with agency agencies staff and this that it was has been is article story page post news video web last
year originally time hours hrs
el los las al lo y e con agencias redacción del dia día año a hora horas hs este esta artículo nota noticia fue ha sido
vídeo
في يوم على الساعة من و م ميلادية الموافق هذا المقال هـ
"""
# Buttons beside a date, which a page's text runs together with it.
_BUTTONS = """
share tweet email mail print save bookmark comment comments facebook twitter linkedin pinterest whatsapp telegram follow
login leave post subscribe copy link
partager commenter commentaires imprimer enregistrer suivre envoyer copier lien
compartir comentar comentarios imprimir guardar seguir enviar copiar enlace protected
"""
_BYLINE = "par by por كتب بقلم"
_FOREIGN = "le la el los las du del dans par por en في يوم"


def forms(words: str) -> list[str]:
    """The folded spellings of a table's words.

    >>> sorted(forms("mis_à_jour maj"))[:2]
    ['maj', 'mis a jour']
    """
    return [form for word in words.split() for form in variants(word.replace("_", " "))]


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of the folded words, the longest first; a space matches one or none.

    >>> alternatives(["mar", "mars"])
    '(?:mars|mar)'
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in longest_first) + ")"


def compose(pattern: str, **parts: str) -> str:
    """A verbose pattern with its names in capitals replaced: by ``parts``, else by :data:`PARTS`.

    Text is matched in lower case, so capitals are free to be names.

    >>> compose("(?P<d>DAY) MONTH", DAY="[0-9]", MONTH="may")
    '(?P<d>[0-9]) may'
    """
    return re.sub(r"[A-Z][A-Z_]{2,}", lambda name: parts.get(name[0]) or PARTS[name[0]], pattern)


def _numbered(table: str, first: int) -> dict[str, int]:
    return {form: row for row, line in enumerate(table.strip().splitlines(), first) for form in forms(line)}


MONTHS = _numbered(_MONTHS, 1)
"""Folded name to 1-12."""
WEEKDAYS = _numbered(_WEEKDAYS, 0)
"""Folded name to 0 (Monday) - 6."""
_KINDS = {form.replace(" ", ""): kind for kind, words in _LABELS.items() for form in forms(words)}
FILLERS = frozenset(forms(_FILLERS + _BUTTONS))
BYLINE = frozenset(forms(_BYLINE))
BARE_LABELS = frozenset(forms("date fecha تاريخ"))
"""Labels that say nothing by themselves: what stands before them says whose date it is."""
FOREIGN_TO_ENGLISH = frozenset(forms(_FOREIGN))
"""Small words that show that the line is not English, whatever the page is."""

PARTS = {"START": r"(?<![^\W\d_])", "END": r"(?![^\W\d_])"}
"""Patterns to build with. Edges of a word take a digit for an edge: "5mai" is two words."""
PARTS["MONTH"] = alternatives(MONTHS) + PARTS["END"] + r"\.?"
PARTS["WEEKDAY"] = alternatives(WEEKDAYS) + PARTS["END"] + r"\.?"
PARTS["HIJRI"] = alternatives(forms(_HIJRI)) + PARTS["END"]
PARTS["LABEL"] = alternatives(form for words in _LABELS.values() for form in forms(words))


def label_kind(label: str) -> tuple[str, str]:
    """What a matched label says, ``published``, ``updated`` or ``other``, and in which language.

    >>> label_kind("mis a jour")
    ('updated', 'fr')
    """
    return _KINDS[label.replace(" ", "")]
