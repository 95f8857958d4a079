"""`newscrawl check SITE`: does the site's layout still fit?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from newscrawl.exit_codes import LAYOUT, fail
from newscrawl.options import arguments_of, checked_site, chosen_settings, configured, private_option, settings_option
from newscrawl.tables import print_table

__all__ = ["command"]


@click.command("check", short_help="Fetch a few pages of SITE: does its layout still fit?")
@click.argument("site")
@click.option("-a", "arguments", multiple=True, metavar="NAME=VALUE", help="A spider argument, as with `crawl`.")
@settings_option
@private_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("-v", "--verbose", count=True, help="Scrapy's log: -v informs, -vv debugs.")
def command(
    site: str, arguments: tuple[str, ...], settings: tuple[str, ...], allow_private: bool, as_json: bool, verbose: int
) -> None:
    """Fetch a feed, some listings and three articles of SITE, and say which rule found every field.

    Nothing is stored. Exit code 3 when the layout no longer fits or the site does not let us in.
    """
    from newscrawl.checking.fit import fit
    from newscrawl.checking.probe import probe
    from newscrawl.crawling import project_settings
    from newscrawl.sites import all_rules

    spider_arguments = arguments_of(arguments, "-a")
    chosen = checked_site(site, spider_arguments)
    scrapy_settings = project_settings(
        Path(), chosen_settings(settings, allow_private), config=configured(), verbosity=verbose, progress=False
    )
    found = probe(chosen, spider_arguments, scrapy_settings)
    result = fit(found, chosen.rules, all_rules())
    counts = {kind: sum(one.seen_in == kind for one in found.headlines) for kind in ("feed", "listing", "ticker")}
    if as_json:
        pages = [page.url for page in found.articles]
        click.echo(json.dumps({"site": site, "headlines": counts, "articles": pages} | asdict(result), indent=2))
    else:
        for kind, (url, _) in sorted(found.lists.items()):
            click.echo(f"{kind:8} {url}: {counts[kind]} headlines")
        for number, page in enumerate(found.articles, 1):
            click.echo(f"page {number}   {page.url}: {page.status}, {len(page.body)} bytes")
        pages = [f"page {number}" for number in range(1, len(found.articles) + 1)]
        print_table(("field", *pages), result.rows)
    if result.problems:
        for problem in result.problems:
            click.echo(f"newscrawl: {problem}", err=True)
        fail(f"{site} does not fit its rules or does not let us in.", LAYOUT)
    if not as_json:
        click.echo(f"{site} fits its rules.")
