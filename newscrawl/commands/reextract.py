"""`newscrawl reextract`: read archived pages again by today's rules, and show what that changes."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import SOME_FAILED, fail
from newscrawl.options import (
    arguments_of,
    begin_to_load_workers,
    check_day,
    chosen_extraction,
    cluster_option,
    configured,
    database_option,
    moment_of,
    settings_option,
)
from newscrawl.progress_line import ProgressLine

if TYPE_CHECKING:
    from pipelines.rereading import PageSelection
    from pipelines.run import Run

__all__ = ["command"]


@click.command("reextract", short_help="Read the archived pages again by today's rules.")
@click.option("--site", "sites", multiple=True, metavar="SITE", help="For example maghress; may repeat.")
@click.option("--since", metavar="DAY", help="Pages fetched on this day or later (2026-01-31 or 2026-01).")
@click.option("--until", metavar="DAY", help="Pages fetched on this day or earlier.")
@click.option("--url", default="", help="The pages of one article, by any of its addresses.")
@click.option("--stale", is_flag=True, help="Only what other rules than today's have read.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--samples", type=click.IntRange(min=0), default=None, metavar="N",
              help="Differences of N articles are shown; 5 in a dry run, else none.")  # fmt: skip
@settings_option
@click.option("--workers", type=click.IntRange(min=0), default=None, help="Extraction processes; 0 extracts inline.")
@cluster_option
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object an article that changes, and a last one for all."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@database_option
def command(
    sites: tuple[str, ...],
    since: str | None,
    until: str | None,
    url: str,
    stale: bool,
    dry_run: bool,
    samples: int | None,
    settings: tuple[str, ...],
    workers: int | None,
    cluster: str | None,
    as_json: bool,
    quiet: bool,
    database: Path,
) -> None:
    """Read the archived pages again and store what better rules find; nothing is fetched.

    \b
    newscrawl reextract --dry-run             what would change, with examples
    newscrawl reextract --stale               only what was read by older rules
    newscrawl reextract --url URL --dry-run

    What changes becomes a revision with the version of the rules (`newscrawl history`). A dry run changes nothing and
    says exactly what the same command without it does.
    """
    begin_to_load_workers(workers, cluster, settings)
    from newscrawl.crawling import project_settings
    from newscrawl.reports import print_report
    from pipelines.item_pipeline import extraction_of, rulebook_of
    from pipelines.rereading import PageSelection
    from pipelines.run import Run
    from pipelines.store import Store

    first, last = _moments(since, until)
    selection = PageSelection(sites, first, last, url, stale)
    Store.open(database, create=False).close()
    given = arguments_of(settings, "-s") | chosen_extraction(workers, cluster)
    chosen = project_settings(database, given, config=configured(), progress=False)
    asked = " ".join([*(f"--site {site}" for site in sites), *(["--stale"] if stale else []), url])
    with tempfile.TemporaryDirectory(prefix="newscrawl-") as folder:
        scratch = Path(folder) / "news.db" if dry_run else None
        site = sites[0] if len(sites) == 1 and not (first or last or url or stale) else ""
        with Run.open(
            database, kind="reextract", site=site, arguments=asked.strip(), rulebook=rulebook_of(chosen),
            scratch=scratch, **extraction_of(chosen),
        ) as run:  # fmt: skip
            read = _read(run, selection, database, quiet)
        with Store.open(scratch or database, read_only=True) as store:
            shown = samples if samples is not None else 5 if dry_run else 0
            outcomes = store.counts(run.id)
            print_report(store.history.changes(run.id), outcomes, as_json=as_json, samples=shown, would=dry_run)
    if not read and (url or sites):
        fail("no archived page was to be read: `newscrawl archive size` says what there is.", SOME_FAILED)


def _read(run: Run, selection: PageSelection, database: Path, quiet: bool) -> int:
    """How many pages were read."""
    from pipelines.reextraction import reextract

    total = selection.count(run.archive)
    done = 0
    with ProgressLine(quiet=quiet) as progress:
        for done, _ in enumerate(reextract(run, selection.pages(run, database)), 1):
            progress.show(f"reextract: {done} of {total} pages read again" if total else f"reextract: {done} pages")
    return done


def _moments(since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    return moment_of(check_day("since", since), end=False), moment_of(check_day("until", until), end=True)
