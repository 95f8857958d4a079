"""The strip of current headlines that the engine prints on every page."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from newscrawl.sample.articles import SampleArticle
from newscrawl.sample.markup import attribute, text

__all__ = ["TICKER_LENGTH", "ticker", "ticker_headlines"]

TICKER_LENGTH = 24
"""Headlines on one page. There are more than that, so each page shows another part of them."""


def ticker_headlines(
    articles: Sequence[SampleArticle], path: str, moment: int = 0, length: int = TICKER_LENGTH
) -> list[SampleArticle]:
    """The headlines of one page: a run of the ticker's articles that starts at a place fixed by path and moment.

    ``moment`` stands for the time of day: another moment gives the same page with another ticker.
    The articles are shuffled by id first, so that languages mix.
    """
    running = sorted((each for each in articles if "ticker" in each.places), key=lambda each: crc32(b"%d" % each.id))
    if not running:
        return []
    start = (crc32(path.encode()) + moment) % len(running)
    return [*running[start:], *running[:start]][:length]


def ticker(headlines: Sequence[SampleArticle], direction: str) -> str:
    """``marquee#marquee > span.marquee > a``, each link followed by four no-break spaces."""
    links = "".join(
        f'<a href="{attribute(each.path)}">{text(each.title)}</a>&nbsp;&nbsp;&nbsp;&nbsp;' for each in headlines
    )
    guard = "if (!window.__cfRLUnblockHandlers) return false;"
    return (
        f'<marquee direction="{direction}" id="marquee" onmouseout="{guard} this.start();" '
        f'onmouseover="{guard} this.stop();"><span class="marquee">{links}</span>\n</marquee>'
    )
