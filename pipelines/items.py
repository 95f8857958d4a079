"""The nouns of the pipeline: plain frozen values that every other file passes on.

Nothing here reads, fetches or stores. Times are timezone-aware ``datetime`` in UTC unless a docstring says
otherwise; texts are Unicode in NFC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

__all__ = [
    "Article",
    "Candidate",
    "Extraction",
    "Headline",
    "Language",
    "Names",
    "NoiseModel",
    "Outcome",
    "Outline",
    "Page",
    "ReadDate",
    "Rejected",
    "Segment",
    "SiteRules",
]

SeenIn = Literal["feed", "listing", "ticker", "sitemap"]
Precision = Literal["minute", "day", "month"]
Names = tuple[tuple[str, str], ...]
"""Pairs (selector, attribute): the addresses or names of other lists, such as the newspapers of a menu."""
ZoneSource = Literal["written", "site", "assumed"]


@dataclass(frozen=True, slots=True)
class Headline:
    """The promise of an article, as an aggregator's listing, feed, ticker or sitemap prints it."""

    url: str
    """Absolute address of the article on the aggregator."""
    title: str
    aggregator: str
    """Name of the spider, for example ``maghress``."""
    seen_in: SeenIn
    seen_at: datetime
    seen_on: str = ""
    """Address of the page that printed it."""
    language: str = ""
    """ISO 639-1 code found by :mod:`pipelines.languages`, ``und``, or empty when not looked at yet."""
    publisher: str = ""
    """As written."""
    published_raw: str = ""
    """Date as written; empty when none."""
    summary: str = ""
    """The feed's description as plain text."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came off the wire. Everything after fetching knows only this."""

    url: str
    """The address that was asked for."""
    final_url: str
    """The address that answered, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """Response headers in order; names in lower case."""
    body: bytes
    fetched_at: datetime
    site: str = ""
    """Name of the site: the spider that asked for it, or the one whose host it is on; empty when unknown (a file)."""
    request_headers: tuple[tuple[str, str], ...] = ()
    """What was sent, as ``headers``; without what would let others in (cookies, passwords)."""

    def header(self, name: str) -> str:
        """The first value of a header (name in lower case), or an empty string."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Segment:
    """A block of text that was removed from a body, with the reason."""

    reason: str
    """For example ``ticker``, ``related``, ``read-also``, ``share``, ``date-line``; docs/outcomes.md lists them."""
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value a field could take, and where it came from."""

    field: str
    value: str
    origin: str
    """``site-rule``, ``json-ld``, ``opengraph``, ``meta``, ``feed``, ``visible``, ``trafilatura`` or ``url``."""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A detected language."""

    code: str
    """ISO 639-1 code in lower case, or ``und`` when the text does not say."""
    confidence: float
    """0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as it was written and as it was understood."""

    raw: str
    """The text it was read from, as written."""
    at: str | None
    """``2025-07-01T09:30:00Z`` (UTC), ``2025-07-01`` (a plain day) or ``2025-07`` (a month); None when unreadable."""
    precision: Precision | None
    zone_source: ZoneSource | None
    """Where the time zone came from; None when ``at`` has no time of day."""
    ambiguous: bool = False
    """True when day and month could be swapped and nothing on the page decides."""
    day: str | None = None
    """The calendar day as it was written, ``2025-07-01``: what 21:18 in Florida is called there, not in UTC."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is kept of a page. Field names map to schema.org NewsArticle as docs/data.md lists."""

    canonical_url: str
    site: str
    title: str
    body: str
    """Paragraphs separated by one blank line."""
    language: str
    language_confidence: float
    subtitle: str = ""
    lead: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    image_url: str = ""
    source_url: str = ""
    """The publisher's own page, where the aggregator names it."""
    published_raw: str = ""
    published_at: str | None = None
    """See :class:`ReadDate`."""
    published_day: str | None = None
    """The calendar day as it was written, ``2025-07-01``; an evening's ``published_at`` is the next day elsewhere."""
    published_precision: Precision | None = None
    timezone_source: ZoneSource | None = None
    published_ambiguous: bool = False
    modified_raw: str = ""
    modified_at: str | None = None
    paywalled: bool = False
    word_count: int = 0


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that is no article of ours."""

    reason: str
    """An outcome word such as ``no-text``, ``language-pt``, ``http-404``, ``too-large``, ``not-html``."""
    detail: str = ""
    """One sentence for a person."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A few numbers of a text, by which its other prints are found and most strangers are told apart from them.

    Worked out where a page is read, since that takes longer than to store the article: :mod:`pipelines.duplicates`.
    """

    prints: tuple[int, ...]
    """The smallest hashes of the text and of its beginning, in ascending order."""
    shingles: int
    """How many different ones the text has."""
    marks: int
    """A set of bits: one for each shingle, several of which may share one."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one page.

    ``article`` is also given with a ``rejected`` language, so that ``newscrawl extract`` can show it;
    only an extraction without ``rejected`` is stored as an article.
    """

    article: Article | None
    rejected: Rejected | None = None
    segments: tuple[Segment, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    headlines: Sequence[Headline] = ()
    """The ticker's headlines, each with its own language: a :class:`~pipelines.ticker.Ticker` where there are some."""
    names: tuple[str, ...] = ()
    """Where else the page leads by the site rules: addresses or names of newspapers, each once, in order."""
    outline: Outline | None = None
    """Of the article's body; None where nobody worked it out: then the store does."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a URL in a run."""

    url: str
    outcome: str
    """``stored``, ``updated``, ``unchanged``, ``not-modified``, ``listed``, or a reason (see docs/outcomes.md)."""
    detail: str = ""
    canonical_url: str = ""
    """The article's address when there is one."""
    fingerprint: str = ""
    """Of a listing or feed: what it named, so that the next poll can tell whether it changed."""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What a site's mark-up says, declared with the site's spider. All selectors are CSS.

    A selector may match nothing; the page's own metadata and trafilatura then decide.
    """

    engine: str
    """Name of the mark-up, for example ``ress``; shared by sister sites."""
    recognised_by: str
    """The rules apply to a page only where this selector matches, whatever host served it."""
    site: str = ""
    """Name of the spider whose pages these are; empty for the rules of an engine that several sites share."""
    title: str = ""
    subtitle: str = ""
    authors: str = ""
    publisher: str = ""
    published: str = ""
    """Element whose text holds the publication date, labels and all."""
    section: str = ""
    scripts: tuple[tuple[str, str], ...] = ()
    """Pairs (field, regular expression with one group), searched in inline scripts after the selectors."""
    source_link: str = ""
    """Link to the publisher's own page."""
    body: str = ""
    """The elements that hold the text, in order; ``<br>`` in them ends a paragraph."""
    remove: tuple[tuple[str, str], ...] = ()
    """Pairs (selector, reason): removed before anything reads the body, kept as segments."""
    ticker: str = ""
    """Links of the ticker: noise in a body, data as headlines."""
    names: Names = ()
    timezone: str = ""
    """IANA name, for example ``Africa/Casablanca``; empty when unknown."""


@dataclass(frozen=True, slots=True)
class NoiseModel:
    """Text blocks that recur across a site's pages, learned from the archive."""

    site: str
    version: int
    blocks: frozenset[str] = field(default_factory=frozenset)
    """Fingerprints of normalised blocks (see :mod:`pipelines.noise`)."""
