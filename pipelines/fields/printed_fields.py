"""Fields that a page only prints beside its title: looked for where its metadata is silent."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.fields.authors import author_names
from pipelines.fields.beside_title import author_line, lines_beside, updated_part
from pipelines.fields.choices import values
from pipelines.fields.publication_dates import DateReading, unstated_dates
from pipelines.items import Candidate, SiteRules
from pipelines.left_out import WHOLE, Gaps
from pipelines.visible_text import VisibleLines

__all__ = ["printed_candidates"]


def printed_candidates(
    tree: HtmlElement,
    visible: VisibleLines,
    named: Sequence[Candidate],
    title: str,
    reading: DateReading,
    site: SiteRules,
    gaps: Gaps = WHOLE,
) -> list[Candidate]:
    """Date, author and time of the last change from the lines around the title, as far as they are not ``named``.

    Where the site's rules know the place of the date or the author, no other place is looked at. ``gaps`` is what was
    left out of the tree.
    """
    undated = not site.published and not reading.first(values(named, "published")).at
    unsigned = not site.authors and not any(author_names(text.split(";")) for text in values(named, "authors"))
    if not undated and not unsigned:
        return []
    lines = lines_beside(tree, title, visible, gaps)
    found = unstated_dates(tree, lines, reading, gaps) if undated else []
    if undated and not values(named, "modified") and (update := updated_part(lines)):
        found.append(Candidate("modified", update, "visible"))
    if unsigned and (line := author_line(lines)):
        found.append(Candidate("authors", line, "visible"))
    return found
