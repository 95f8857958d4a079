"""`newscrawl noise`: what sites repeat over their pages, as it was learned from the archive."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import SOME_FAILED, USAGE, fail
from newscrawl.options import arguments_of, configured, database_option, settings_option
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from pipelines.store import Store
    from pipelines.store.noise_shelf import NoiseVersion

__all__ = ["command"]

quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress, and no sentence about what was done.")


@click.group("noise")
def command() -> None:
    """What sites repeat over their pages: tickers, boxes, legal lines.

    It is learned from the archive, removed from bodies and kept as segments. SITE is a site's name, or the host of
    pages that were ingested one by one.
    """


@command.command("learn")
@click.argument("site")
@settings_option
@database_option
@quiet_option
def learn(site: str, settings: tuple[str, ...], database: Path, quiet: bool) -> None:
    """Learn from the archived pages of SITE now, and read them again without what they repeat.

    `newscrawl crawl` does so by itself from 50 pages on, for sites without rules for the body or the ticker.
    """
    from newscrawl.lessons import learn as learn_now
    from pipelines.archive import Archive
    from pipelines.noise.learning import LEAST_ARTICLES
    from pipelines.store import Store

    with (
        Store.open(database, create=False) as store,
        Archive.open(Archive.path_for(database), create=False) as archive,
    ):
        if not archive.count_of_site(site)[0]:
            fail(f"there is no page of {site!r} in {archive.path}: crawl it first.", SOME_FAILED)
        said = learn_now(store, archive, site)
        latest = store.noise.versions(site)[-1]
    if not said and latest.articles < LEAST_ARTICLES:
        few = f"{site} has {latest.articles} different articles: nothing is learned from fewer than {LEAST_ARTICLES}."
        fail(few, SOME_FAILED)
    _read_again(database, site, settings, quiet, said or [f"nothing new was learned from {latest.pages} pages"])


@command.command("list")
@click.argument("site", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@database_option
def list_versions(site: str, as_json: bool, database: Path) -> None:
    """List the versions of what was learned, of SITE or of all sites."""
    from pipelines.store import Store
    from pipelines.store.rows import time_of, to_second

    with Store.open(database, read_only=True) as store:
        versions = _versions(store, site) if site else store.noise.versions()
    if as_json:
        for one in versions:
            click.echo(json.dumps(asdict(one)))
        return
    columns = ("site", "version", "learned", "pages", "articles", "blocks", "undone", "in use")
    rows = [
        (one.site, one.version, moment, one.pages, one.articles, one.blocks, one.undone, "*" * one.active)
        for one in versions
        for moment in [to_second(time_of(one.learned_at))]
    ]
    print_table(columns, rows)


@command.command("show")
@click.argument("site")
@click.option("--version", type=click.IntRange(min=1), default=None, help="The one in use, or else the latest.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with whole texts.")
@database_option
def show(site: str, version: int | None, as_json: bool, database: Path) -> None:
    """Show the blocks of SITE: the name, how many articles showed it, why it is noise, and its text or place."""
    from pipelines.store import Store

    with Store.open(database, read_only=True) as store:
        number = _chosen(_versions(store, site), version).version
        blocks = store.noise.blocks(site, number)
    if as_json:
        for block in blocks:
            click.echo(json.dumps(block, ensure_ascii=False))
        return
    rows = [
        (block["name"], block["articles"], "undone" if block["undone"] else block["why"], block["sample"])
        for block in blocks
    ]
    print_table(("name", "articles", "why", "text or place"), rows, title=f"{site}, version {number}")


@command.command("undo")
@click.argument("site")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@settings_option
@database_option
@quiet_option
def undo(site: str, names: tuple[str, ...], settings: tuple[str, ...], database: Path, quiet: bool) -> None:
    """Say that blocks of SITE are no noise: they stay in bodies from now on, and are never learned again.

    NAMEs are those that `newscrawl noise show SITE` prints. The pages are read again.
    """
    from pipelines.store import Store

    with Store.open(database, create=False) as store:
        version = next((one.version for one in _versions(store, site) if one.active), None)
        if version is None:
            fail(f"no version of {site} is in use: choose one with `newscrawl noise use {site} VERSION`.", USAGE)
        known = {block["name"] for block in store.noise.blocks(site, version) if not block["undone"]}
        for name in names:
            if name not in known:
                fail(f"version {version} has no block {name!r}: `newscrawl noise show {site}` lists them.", USAGE)
        store.noise.undo(site, names)
    _read_again(database, site, settings, quiet, [f"no noise any more: {', '.join(dict.fromkeys(names))}"])


@command.command("use")
@click.argument("site")
@click.argument("version", metavar="VERSION|none")
@settings_option
@database_option
@quiet_option
def use(site: str, version: str, settings: tuple[str, ...], database: Path, quiet: bool) -> None:
    """Go back to a VERSION of what was learned of SITE, or to none, and read its pages again.

    It stays in use until `newscrawl noise learn SITE`: a crawl learns nothing new for a site that is not on its
    latest version.
    """
    from pipelines.store import Store

    if version != "none" and not (version.isascii() and version.isdigit()):
        fail(f"{version!r} is no version: write a number that `newscrawl noise list {site}` shows, or none.", USAGE)
    with Store.open(database, create=False) as store:
        versions = _versions(store, site)
        number = None if version == "none" else _chosen(versions, int(version)).version
        store.noise.use(site, number)
    said = "no version is in use" if number is None else f"version {number} is in use"
    _read_again(database, site, settings, quiet, [said])


def _versions(store: Store, site: str) -> list[NoiseVersion]:
    """The versions of a site, at least one."""
    found = store.noise.versions(site)
    if not found:
        fail(f"nothing was learned of {site!r} yet: `newscrawl noise learn {site}` does.", SOME_FAILED)
    return found


def _chosen(versions: list[NoiseVersion], number: int | None) -> NoiseVersion:
    """The version of that number, or else the one in use, or else the latest."""
    if number is None:
        return next((one for one in versions if one.active), versions[-1])
    for one in versions:
        if one.version == number:
            return one
    site = versions[0].site
    return fail(f"{site} has no version {number}: `newscrawl noise list {site}` shows them.", USAGE)


def _read_again(database: Path, site: str, settings: tuple[str, ...], quiet: bool, said: list[str]) -> None:
    """Read the pages again where that changes anything, and say all that was done in one line on stderr."""
    from newscrawl.crawling import project_settings
    from newscrawl.lessons import read_again

    scrapy_settings = project_settings(database, arguments_of(settings, "-s"), config=configured())
    said = [*said, *read_again(database, site, scrapy_settings, quiet=quiet)]
    if not quiet:
        click.echo(f"{site}: {'; '.join(said)}", err=True)
