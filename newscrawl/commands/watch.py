"""`newscrawl watch`: crawl again and again in the foreground, for containers and terminals."""

from __future__ import annotations

from pathlib import Path

import click

from newscrawl.exit_codes import INTERRUPTED
from newscrawl.options import database_option, duration_option

__all__ = ["command"]


@click.command(
    "watch", short_help="Crawl every so often, until Ctrl-C.", context_settings={"ignore_unknown_options": True}
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[SITE...] [CRAWL OPTIONS]")
@duration_option("--every", default="1h", help="From the beginning of one crawl to that of the next.  [1h]")
@duration_option("--jitter", default="1m", help="Begin up to so much later, at random.  [1m]")
@click.option("--passes", type=click.IntRange(min=1), default=None, help="End after so many crawls.")
@database_option
def command(arguments: tuple[str, ...], every: int, jitter: int, passes: int | None, database: Path) -> None:
    """Crawl now and then every so often, until SIGTERM or Ctrl-C; takes what `newscrawl crawl` takes.

    Every listing and feed is asked as often as it changes (`crawl --due`), within the bounds of `polling` in
    newscrawl.toml.

    Every crawl is a process of its own, so that nothing gathers in memory over weeks. A crawl that takes longer than
    the rhythm is not overtaken. The exit code is that of the last crawl when --passes ends it, else 130.
    """
    from newscrawl.scheduling.watching import Watch

    code = Watch(_crawl(arguments, database), every, jitter).run(passes)
    raise click.exceptions.Exit(INTERRUPTED if code is None else code)


def _crawl(arguments: tuple[str, ...], database: Path) -> list[str]:
    from newscrawl.options import CONFIG_FILE, CONFIG_OPTIONS, configured
    from newscrawl.scheduling.watching import program

    meta = click.get_current_context().meta
    configured()  # what is wrong with it is said now, not at every crawl
    config = ["--config", str(meta[CONFIG_FILE])] if meta.get(CONFIG_FILE) else []
    keys = [word for name, value in meta.get(CONFIG_OPTIONS, {}).items() for word in ("--key", f"{name}={value}")]
    return [*program(), *config, *keys, "crawl", *arguments, "--due", "--db", str(database)]
