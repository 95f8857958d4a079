"""`newscrawl extract FILE --url URL`: what would be kept of a saved page. Offline; stores nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from newscrawl.exit_codes import SOME_FAILED, fail
from newscrawl.options import configured

__all__ = ["command"]


@click.command("extract")
@click.argument("file", metavar="FILE|-")
@click.option("--url", required=True, help="The address that the page was saved from.")
@click.option("--seen-at", metavar="TIME", help="When it was saved (ISO 8601), for dates such as « 2 hours ago »; now.")
@click.option(
    "--candidates", is_flag=True, help="Also print every value that a field could have taken, and its origin."
)
def command(file: str, url: str, seen_at: str | None, candidates: bool) -> None:
    """Print the article of a saved page as one JSON object; `languages` of newscrawl.toml says which are kept.

    A page that is no article of ours (no text, another language) is printed as far as it could be read, with
    the reason as "outcome", a sentence on stderr and exit code 1.
    """
    from newscrawl.page_file import read_page, read_time
    from newscrawl.sites import all_rules, site_of
    from pipelines.article import to_article

    page = read_page(file, url, read_time(seen_at), site_of(url))
    extraction = to_article(page, rules=all_rules(), languages=configured()["languages"])
    rejected = extraction.rejected
    found: dict[str, Any] = {"outcome": rejected.reason if rejected else "article"}
    found |= asdict(extraction.article) if extraction.article else {"canonical_url": url, "title": "", "body": ""}
    found["segments"] = [asdict(segment) for segment in extraction.segments]
    found["headlines"] = [
        {"title": headline.title, "url": headline.url, "language": headline.language, "seen_in": headline.seen_in}
        for headline in extraction.headlines
    ]
    if candidates:
        found["candidates"] = [asdict(candidate) for candidate in extraction.candidates]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    if rejected:
        fail(f"{file} is no article to keep: {rejected.reason}. {rejected.detail}".rstrip(), SOME_FAILED)
