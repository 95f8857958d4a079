"""The engine's own words: what the frame says in each edition, and what it says about an article in each language."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.sample.articles import EDITION_PREFIX

__all__ = ["EDITIONS", "PUBLIC_HOST", "SECTIONS", "WORDINGS", "Edition", "Wording"]

PUBLIC_HOST = "www.sample-press.example"
"""The address that pages call their own (``og:url``), whatever port serves them."""

SECTIONS = ("politics", "economics", "international", "sports", "society", "culture", "religion", "health")
"""Sections by the word in their address, the same in every edition."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the engine prints around an article, in the article's language."""

    published: tuple[str, str]
    """Before the newspaper's name, and between it and the date."""
    source: tuple[str, str, str]
    """Before the link to the publisher's page, the link's text, and after it."""

    @property
    def source_sentence(self) -> str:
        """The source line as a reader sees it."""
        return " ".join(self.source)


@dataclass(frozen=True, slots=True)
class Edition:
    """One language edition of the sample aggregator. Its address begins with ``prefix``."""

    code: str
    site: str
    home: str
    sections: tuple[str, ...]
    """Names of :data:`SECTIONS`, in that order."""
    newspapers: str
    related: str
    thanks: str
    """Title of the dialog that thanks for reporting an image."""
    thanks_text: str
    agree: str
    report_image: str
    report_advertisement: str
    subscribe: str
    back_numbers: str
    indexed: str
    about: str
    about_text: str
    search: tuple[str, str, str]

    @property
    def prefix(self) -> str:
        """``/fr``, ``/en`` or, for Arabic, an empty string."""
        return EDITION_PREFIX[self.code]

    def section_name(self, section: str) -> str:
        """The printed name of a section."""
        return self.sections[SECTIONS.index(section)]


_FRENCH = Wording(("Publié dans", "le"), ("Cliquez", "ici", "pour lire l'article depuis sa source."))

WORDINGS = {
    "fr": _FRENCH,
    "en": Wording(("Published in", "on"), ("Click", "here", "to read the story from its source.")),
    "es": Wording(("Publicado en", "el"), ("Haga clic", "aquí", "para leer el artículo desde su fuente.")),
    "ar": Wording(("نشر في", "يوم"), ("انقر", "هنا", "لقراءة المقال من مصدره.")),
    # The engine has no Portuguese: such an article is framed by its edition's words.
    "pt": _FRENCH,
}

EDITIONS = {
    "fr": Edition(
        code="fr",
        site="Sample Press",
        home="Accueil",
        sections=("Politique", "Économie", "International", "Sports", "Société", "Culture", "Religion", "Santé"),
        newspapers="Tous les journaux",
        related="Sur le même sujet",
        thanks="Votre signalement est enregistré !",
        thanks_text="L'illustration sera masquée dès que d'autres lecteurs l'auront signalée à leur tour.",
        agree="D'accord",
        report_image="Signaler une illustration déplacée",
        report_advertisement="Signaler une publicité déplacée",
        subscribe="S'abonner aux articles de",
        back_numbers="Anciens numéros",
        indexed="articles sont référencés à ce jour.",
        about="À propos de Sample Press",
        about_text="Sample Press est un site d'essai : ses journaux, ses articles et ses auteurs sont inventés.",
        search=("article", "auteur", "ville"),
    ),
    "en": Edition(
        code="en",
        site="Sample Press",
        home="Home",
        sections=("Politics", "Economy", "International", "Sports", "Society", "Culture", "Religion", "Health"),
        newspapers="All newspapers",
        related="On the same subject",
        thanks="Your report has been received!",
        thanks_text="The picture will be hidden as soon as other readers have reported it as well.",
        agree="Fine",
        report_image="Report an unsuitable picture",
        report_advertisement="Report an unsuitable advertisement",
        subscribe="Subscribe to news from",
        back_numbers="Back numbers",
        indexed="articles are indexed so far.",
        about="About Sample Press",
        about_text="Sample Press is a site for trying things out: its papers, articles and authors are invented.",
        search=("article", "author", "town"),
    ),
    "ar": Edition(
        code="ar",
        site="سامبل بريس",
        home="الصفحة الأولى",
        sections=("سياسة", "اقتصاد", "دولي", "رياضة", "مجتمع", "ثقافة", "دين", "صحة"),
        newspapers="كل الجرائد",
        related="في الموضوع نفسه",
        thanks="توصلنا ببلاغكم!",
        thanks_text="ستخفى الصورة بمجرد أن يبلغ عنها قراء آخرون.",
        agree="حسنا",
        report_image="بلغ عن صورة غير مناسبة",
        report_advertisement="بلغ عن إعلان غير مناسب",
        subscribe="تابع مقالات",
        back_numbers="الأعداد القديمة",
        indexed="مقالا مفهرسا إلى اليوم.",
        about="عن سامبل بريس",
        about_text="سامبل بريس موقع للتجربة، وكل جرائده ومقالاته وكتابه من نسج الخيال.",
        search=("مقال", "كاتب", "مدينة"),
    ),
}
