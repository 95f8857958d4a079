"""`newscrawl ingest URL...`: fetch single pages and store them, or take them from a file, an archive or a WARC."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from newscrawl.exit_codes import USAGE, fail
from newscrawl.options import cluster_option, database_option, private_option, settings_option

if TYPE_CHECKING:
    from newscrawl.ingesting import Wanted

__all__ = ["command"]


@click.command("ingest", short_help="Fetch single pages, known or not, and store their articles.")
@click.argument("urls", nargs=-1, metavar="[URL...|-]")
@click.option("--list", "listed", type=click.File(encoding="utf-8"), help="A file with one URL a line; - is stdin.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and store nothing.")
@click.option("--force", is_flag=True, help="Store also what is worse than what is stored: a paywall, an error page.")
@click.option("--from-archive", is_flag=True, help="Read the archived pages again instead of fetching.")
@click.option("--html", "saved", metavar="FILE|-", help="A saved page; --url says where it is from.")
@click.option("--url", "address", metavar="URL", help="With --html: the address that the page was saved from.")
@click.option("--seen-at", metavar="TIME", help="With --html: when it was saved (ISO 8601); now when not given.")
@click.option("--warc", metavar="FILE|-", help="All articles of a WARC file; goes on where it was interrupted.")
@click.option("--host", "hosts", multiple=True, metavar="HOST", help="With --warc: only of this host; may repeat.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="With --warc: only in it; may repeat.")
@click.option("--site", metavar="SITE", default="", help="With --warc, --html: whose pages they are.")
@click.option("--again", is_flag=True, help="With --warc: from the beginning, also when it was read before.")
@settings_option
@cluster_option
@private_option
@database_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a URL, with its changes.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.option("-v", "--verbose", count=True, help="Scrapy's log: -v informs, -vv debugs.")
def command(
    urls: tuple[str, ...],
    listed: TextIO | None,
    dry_run: bool,
    force: bool,
    from_archive: bool,
    saved: str | None,
    address: str | None,
    seen_at: str | None,
    warc: str | None,
    hosts: tuple[str, ...],
    languages: tuple[str, ...],
    site: str,
    again: bool,
    settings: tuple[str, ...],
    cluster: str | None,
    allow_private: bool,
    database: Path,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Fetch pages, known or not, and store their articles; `-` reads one URL a line from stdin.

    \b
    newscrawl ingest URL --dry-run                 what has changed since it was stored
    newscrawl ingest --list urls.txt
    newscrawl ingest --html saved.html --url URL
    newscrawl ingest --warc CC-NEWS-....warc.gz --host lemonde.fr --language fr

    URL is the aggregator's or the publisher's address of a stored article in any form, or any other. Prints one line
    a URL (the outcome, the URL, the title or the reason), and below it what changed, field by field. An article whose
    page is gone stays and is marked; a body that is worse than the stored one is refused without --force. The exit
    code is 1 when any URL has no article in the end, or a worse one.
    """
    from newscrawl import ingesting

    ways = [bool(urls or listed), saved is not None, warc is not None]
    if sum(ways) != 1:
        fail("name URLs, --list FILE, --html FILE with --url URL, or --warc FILE: one of them.", USAGE)
    if (saved is None) != (address is None):
        fail("--html FILE and --url URL belong together.", USAGE)
    if warc is None and (hosts or languages or again):
        fail("--host, --language and --again belong to --warc FILE.", USAGE)
    with tempfile.TemporaryDirectory(prefix="newscrawl-") as folder:
        how = ingesting.How(
            database,
            Path(folder) / "news.db" if dry_run else None,
            settings,
            force,
            as_json,
            quiet,
            verbose,
            site,
            cluster=cluster,
            allow_private=allow_private,
            by_hand=listed is None and "-" not in urls,
        )
        if warc is not None:
            ingesting.from_warc(how, warc, hosts, languages, again=again)
        elif saved is not None and address is not None:
            ingesting.from_file(how, saved, address, seen_at)
        elif from_archive:
            ingesting.from_archive(how, _wanted(urls, listed))
        else:
            ingesting.from_web(how, _wanted(urls, listed))


def _wanted(urls: tuple[str, ...], listed: TextIO | None) -> Wanted:
    """The URLs of the command line, or of a list: one a line; empty lines and lines that begin with # do not count."""
    from pipelines.urls import is_web_url

    if listed is None and urls != ("-",):
        for url in urls:
            if not is_web_url(url):
                fail(f"{url!r} is no web address: write it as https://host/path.", USAGE)
        return list(urls)
    lines = [line.strip() for line in (listed or sys.stdin)]
    found = [line for line in [*(url for url in urls if url != "-"), *lines] if line and not line.startswith("#")]
    if not found:
        fail(f"there is no URL {'in the list' if listed else 'on stdin'}: write one a line.", USAGE)
    return found
