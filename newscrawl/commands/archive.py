"""`newscrawl archive`: the pages as they came off the wire: how much room they take, whether they are whole, a WARC."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import SOME_FAILED, STORAGE, fail
from newscrawl.keep_rules import keep_of
from newscrawl.options import check_day, database_option, moment_of
from newscrawl.output import open_output
from newscrawl.tables import bytes_text, print_table

if TYPE_CHECKING:
    from pipelines.archive import Archive
    from pipelines.items import Headline, Page

__all__ = ["command"]

sites_option = click.option("--site", "sites", multiple=True, metavar="SITE", help="For example maghress; may repeat.")


@click.group("archive", short_help="Size, checks, retention and WARC files of the archived pages.")
def command() -> None:
    """Look after the archived pages: their size, whether they are whole, which of them stay, and a WARC for others."""


@command.command("size", short_help="Say how many pages there are, and what they take.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@database_option
def size(database: Path, as_json: bool) -> None:
    """Say how many pages there are of each site and host, and what room they take."""
    from pipelines.archive.care import sizes, statuses

    with _archive(database, read_only=True) as archive:
        families, answers = sizes(archive), statuses(archive)
        file_size = archive.path.stat().st_size
    if as_json:
        found = [{**one._asdict(), "ratio": round(one.ratio, 4)} for one in families]
        click.echo(json.dumps({"file": str(archive.path), "bytes": file_size, "statuses": answers, "families": found}))
        return
    rows = [
        (one.family, one.pages, one.bodies, *map(bytes_text, (one.fetched, one.raw, one.stored + one.dictionaries)),
         f"{one.ratio:.1%}")
        for one in families
    ]  # fmt: skip
    click.echo(f"{archive.path}: {bytes_text(file_size)}, {sum(answers.values())} pages")
    print_table(("site or host", "pages", "different", "fetched", "different", "stored", "ratio"), rows)
    click.echo("answers: " + ", ".join(f"{status} {count}" for status, count in answers.items()))


@command.command("verify")
@database_option
def verify(database: Path) -> None:
    """Decompress every page and take its checksum anew. Exit code 5 when one is damaged, with a line for each.

    Also says how many articles can no longer be read again, since their page was pruned.
    """
    from pipelines.archive.care import problems, sizes
    from pipelines.store import Store

    with _archive(database, read_only=True) as archive:
        found = list(problems(archive))
        count = sum(one.bodies for one in sizes(archive))
        lost = 0
        if database.exists():
            with Store.open(database, read_only=True) as store:
                lost = sum(not archive.has(one) for one in store.history.page_hashes())
    for line in found:
        click.echo(line)
    if lost:
        click.echo(f"The pages of {lost} articles are not in the archive: they cannot be read again.")
    if found:
        fail(f"{archive.path} is damaged: restore a copy, or fetch the pages again.", STORAGE)
    click.echo(f"{archive.path}: {count} bodies are whole.")


@command.command("prune", short_help="Take out all pages but those that a rule keeps.")
@click.option(
    "--keep", "rules", multiple=True, required=True, metavar="RULE",
    help="articles, revisions, latest, latest=N, or a time such as 90d; may repeat.",
)  # fmt: skip
@sites_option
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@database_option
def prune(rules: tuple[str, ...], sites: tuple[str, ...], dry_run: bool, database: Path) -> None:
    """Take out all pages but those that a rule keeps; a page stays when any of the rules names it.

    \b
    --keep articles     pages that a stored article was read from
    --keep revisions    and all that an earlier version was read from
    --keep latest       the newest answer of each address, and the newest with status 200
    --keep latest=3     the newest three
    --keep 90d          what was fetched in the last 90 days (or 12w, 6m, 1y)

    What is gone cannot be read again by better rules: without `--keep articles` a sentence says how many articles
    that are.
    """
    from pipelines.archive import care as archive_care
    from pipelines.store import Store

    with Store.open(database, read_only=True) as store:
        keep = keep_of(rules, store, now=datetime.now(UTC))
        of_articles = store.history.page_hashes()
    with _archive(database, read_only=False) as archive:
        gone = archive_care.prune(archive, keep, sites=sites, dry_run=dry_run)
    would = "would go" if dry_run else "are gone"
    click.echo(f"{gone.pages} pages and {gone.bodies} bodies ({bytes_text(gone.bytes)}) {would}.")
    if lost := len(gone.hashes & of_articles):
        click.echo(f"Among them the pages of {lost} articles, which cannot be read again.", err=True)


@command.command("compact", short_help="Write all pages anew with better dictionaries.")
@sites_option
@database_option
def compact(sites: tuple[str, ...], database: Path) -> None:
    """Train the sites' dictionaries on their latest pages, write all pages with them, and give the room back.

    A crawl does so by itself at 128 and at 1024 pages of a site; worth doing after a site's layout has changed.
    """
    from pipelines.archive.care import compact as compact_now

    with _archive(database, read_only=False) as archive:
        before = archive.path.stat().st_size
        replaced = compact_now(archive, sites)
        after = archive.path.stat().st_size
    click.echo(f"{archive.path}: {bytes_text(before)} before, {bytes_text(after)} now; "
               f"{len(replaced)} dictionaries trained.")  # fmt: skip


@command.command("export", short_help="Write the pages as a WARC file (ISO 28500).")
@click.option("--warc", "output", required=True, metavar="FILE|-", help="The file to write, gzip-compressed.")
@sites_option
@click.option("--since", metavar="DAY", help="Fetched on this day or later (2026-01-31 or 2026-01).")
@click.option("--until", metavar="DAY", help="Fetched on this day or earlier.")
@click.option("-q", "--quiet", is_flag=True, help="No sentence about what was written.")
@database_option
def export(
    output: str, sites: tuple[str, ...], since: str | None, until: str | None, quiet: bool, database: Path
) -> None:
    """Write the pages as a WARC file (ISO 28500), for web archives and their tools, or for another newscrawl."""
    from pipelines.archive.warc_writing import write_warc

    first = moment_of(check_day("since", since), end=False)
    last = moment_of(check_day("until", until), end=True)
    with _archive(database, read_only=True) as archive, _promises(database) as promises:
        pages = archive.pages(sites=sites, since=first, until=last)
        with open_output(output) as stream:
            name = "" if output == "-" else Path(output).name
            count = sum(1 for _ in write_warc(pages, stream, filename=name, headline_of=promises))
            if not count:  # inside: a file that stood there before stays
                fail("no page matches: nothing was exported. `newscrawl archive size` says what there is.", SOME_FAILED)
    if not quiet and output != "-" and sys.stderr.isatty():
        click.echo(f"{count} pages written to {output}.", err=True)


@contextmanager
def _promises(database: Path) -> Iterator[Callable[[Page], Headline | None]]:
    """What promised a page when it was read."""
    from pipelines.store import Store
    from pipelines.store.ledger import key_of

    if not database.exists():
        yield lambda page: None
        return
    with Store.open(database, read_only=True) as store:
        yield lambda page: store.headline_for(key_of(page.url), not_after=page.fetched_at)


@contextmanager
def _archive(database: Path, *, read_only: bool) -> Iterator[Archive]:
    from pipelines.archive import Archive

    with Archive.open(Archive.path_for(database), read_only=read_only, create=False) as archive:
        yield archive
