"""After a crawl, or when it is asked for: learn what a site repeats, and read its archived pages again without it."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.archive import Archive
from pipelines.item_pipeline import extraction_of, rulebook_of
from pipelines.reextraction import is_up_to_date, reextract
from pipelines.rereading import PageSelection
from pipelines.run import Run
from pipelines.store import Store

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newscrawl.sites import Site

__all__ = ["after_crawl", "learn", "read_again"]


def after_crawl(database: Path, site: Site, settings: Settings, *, quiet: bool) -> None:
    """Learn from a site that does not say where its text and its ticker are, when it is time; then read it again.

    Says in one line on stderr what was learned and what changed, nothing when there is nothing to say. Pages are also
    read again where that was interrupted before.
    """
    said = []
    with Store.open(database) as store, Archive.open(Archive.path_for(database)) as archive:
        if not (site.rules.body or site.rules.ticker) and _is_due(store, archive, site.name):
            said += learn(store, archive, site.name)
    said += read_again(database, site.name, settings, quiet=quiet)
    if said and not quiet:
        click.echo(f"{site.name}: {'; '.join(said)}", err=True)


def _is_due(store: Store, archive: Archive, site: str) -> bool:
    from pipelines.noise_lessons import is_due  # with all that reads pages, which a crawl leaves to its workers

    return is_due(store, archive, site)


def learn(store: Store, archive: Archive, site: str) -> list[str]:
    """Learn now; what was learned as a clause of a sentence, none when it was nothing new."""
    from pipelines.noise_lessons import teach

    before = store.noise.model(site)
    lesson = teach(store, archive, site, at=datetime.now(UTC))
    blocks = lesson.model.blocks
    new = len(blocks - before.blocks) if before else len(blocks)
    if not new:
        return []
    learned = f"{new} more repeated blocks ({len(blocks)} in all)" if before else f"{new} repeated blocks"
    return [f"learned {learned} from {lesson.pages} pages"]


def read_again(database: Path, site: str, settings: Settings, *, quiet: bool) -> list[str]:
    """Read a site's pages with the model in use, if any of them was read with another; what changed as a clause."""
    with Store.open(database) as store:
        if is_up_to_date(store, site):
            return []
    rulebook = rulebook_of(settings)
    with Run.open(database, kind="reextract", site=site, rulebook=rulebook, **extraction_of(settings)) as run:
        selection = PageSelection(sites=(site,))
        bar = click.progressbar(
            reextract(run, selection.pages(run, database)),
            length=selection.count(run.archive),
            label=f"{site}: reading pages again",
            file=sys.stderr,
            hidden=quiet or not sys.stderr.isatty(),
        )
        with bar as outcomes:
            return _sentence(Counter(one.outcome for one in outcomes))


def _sentence(counts: Counter[str]) -> list[str]:
    """For example ``58 articles read again, 41 changed, 1 withdrawn``."""
    read = sum(counts[word] for word in ("stored", "updated", "unchanged"))
    parts = [f"{read} articles read again, {counts['updated']} changed"]
    parts += [f"{counts['stored']} new"] if counts["stored"] else []
    parts += [f"{counts['withdrawn']} withdrawn"] if counts["withdrawn"] else []
    return [", ".join(parts)]
