"""Options that several verbs share, and what they mean."""

from __future__ import annotations

import os
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newscrawl.exit_codes import USAGE, fail

if TYPE_CHECKING:
    from newscrawl.config import Config
    from newscrawl.sites import Site

__all__ = [
    "CONFIG_FILE",
    "CONFIG_OPTIONS",
    "arguments_of",
    "begin_to_load_workers",
    "check_day",
    "checked_site",
    "chosen_extraction",
    "chosen_settings",
    "cluster_option",
    "configured",
    "database_option",
    "duration_option",
    "filter_options",
    "limit_option",
    "moment_of",
    "private_option",
    "settings_option",
    "story_options",
]

Command = TypeVar("Command", bound=Callable[..., Any])

CONFIG_FILE = "newscrawl.config"
CONFIG_OPTIONS = "newscrawl.options"
"""Keys of click's context, where the group leaves its --config and --key for :func:`configured`."""


def configured() -> Config:
    """The configuration in force, read once a command; fails with a sentence when it is wrong."""
    from newscrawl.config import Config, ConfigError, find_file, load

    meta = click.get_current_context().meta  # shared by a command and its group
    if Config.__name__ not in meta:
        try:
            meta[Config.__name__] = load(find_file(meta.get(CONFIG_FILE)), meta.get(CONFIG_OPTIONS, {}), os.environ)
        except ConfigError as error:
            fail(str(error), USAGE)
    found: Config = meta[Config.__name__]
    return found


def database_option(command: Command) -> Command:
    """``--db PATH``, else the environment's NEWSCRAWL_DB, else newscrawl.toml's, else data/news.db."""
    return click.option(
        "--db",
        "database",
        type=click.Path(dir_okay=True, path_type=Path),
        envvar="NEWSCRAWL_DB",
        default=lambda: configured()["database"],
        show_default="data/news.db",
        show_envvar=True,
        help="The SQLite database.",
    )(command)


def _seconds(ctx: click.Context, param: click.Parameter, value: str) -> int:
    from newscrawl.config.values import duration

    try:
        return duration(value) if value else 0
    except ValueError as error:
        raise click.BadParameter(f"it must be {error}, not {value!r}.") from None


def duration_option(*names: str, default: str = "", **more: Any) -> Callable[[Command], Command]:
    """An option that takes ``90s``, ``10m``, ``6h`` or ``7d`` and gives seconds, 0 for none."""

    def decorate(command: Command) -> Command:
        return click.option(*names, callback=_seconds, default=default, metavar="DURATION", **more)(command)

    return decorate


def settings_option(command: Command) -> Command:
    """Scrapy's ``-s SETTING=value``, repeated."""
    return click.option(
        "-s", "--set", "settings", multiple=True, metavar="SETTING=VALUE", help="A Scrapy setting, as with `scrapy`."
    )(command)


def private_option(command: Command) -> Command:
    """``--allow-private``: given as ``allow_private``."""
    return click.option(
        "--allow-private", is_flag=True, help="Connect to loopback and private addresses too, not only public ones."
    )(command)


def cluster_option(command: Command) -> Command:
    """``--cluster ADDRESS``: None when it is not given, empty for none."""
    return click.option(
        "--cluster", callback=_scheduler, metavar="ADDRESS",
        help="A Dask scheduler whose workers extract, for example tcp://scheduler:8786.",
    )(command)  # fmt: skip


def _scheduler(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from newscrawl.config.values import scheduler_address

    try:
        return value if value is None else scheduler_address(value)
    except ValueError as error:
        raise click.BadParameter(f"it must be {error}, not {value!r}.") from None


def chosen_settings(settings: Sequence[str], allow_private: bool) -> dict[str, str]:
    """The Scrapy settings of ``-s`` and ``--allow-private``, as on the command line."""
    return arguments_of(settings, "-s") | ({"ALLOW_PRIVATE_ADDRESSES": "True"} if allow_private else {})


def chosen_extraction(workers: int | None, cluster: str | None) -> dict[str, str]:
    """The Scrapy settings of ``--workers`` and ``--cluster``; the former replaces a configured cluster."""
    if workers is not None and cluster:
        fail("--workers starts processes on this machine and --cluster uses those of others: name one.", USAGE)
    if workers is not None:
        return {"NEWSCRAWL_WORKERS": str(workers), "NEWSCRAWL_CLUSTER": ""}
    return {} if cluster is None else {"NEWSCRAWL_CLUSTER": cluster}


def begin_to_load_workers(workers: int | None, cluster: str | None, settings: Sequence[str] = ()) -> None:
    """Before libraries are imported: what worker processes need is loaded meanwhile, where some will be asked for."""
    from pipelines.worker_processes import begin_to_load

    config = configured()
    found = {"NEWSCRAWL_WORKERS": str(config["workers"]), "NEWSCRAWL_CLUSTER": config["cluster"]}
    found |= arguments_of(settings, "-s") | chosen_extraction(workers, cluster)
    if found["NEWSCRAWL_WORKERS"] != "0" and not found["NEWSCRAWL_CLUSTER"]:
        begin_to_load()


def limit_option(command: Command) -> Command:
    """``--limit N``."""
    return click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N articles.")(command)


def filter_options(command: Command) -> Command:
    """The filters of `export`, `search` and `dataset`."""
    for option in reversed(
        (
            click.option("--language", "languages", multiple=True, metavar="CODE", help="For example fr; may repeat."),
            click.option("--since", metavar="DAY", help="Published on this day or later (2026-01-31 or 2026-01)."),
            click.option("--until", metavar="DAY", help="Published on this day or earlier."),
            click.option("--publisher", "publishers", multiple=True, metavar="NAME", help="May repeat."),
            click.option("--site", "sites", multiple=True, metavar="SITE", help="For example maghress; may repeat."),
        )
    ):
        command = option(command)
    return command


def story_options(command: Command) -> Command:
    """``--story N`` and ``--one-per-story``."""
    command = click.option("--one-per-story", is_flag=True, help="Of a text that several papers print only the first.")(
        command
    )
    return click.option("--story", type=click.IntRange(min=1), metavar="N", help="The prints of one story.")(command)


def check_day(name: str, value: str | None) -> str | None:
    """A day ``YYYY-MM-DD`` or month ``YYYY-MM`` as given; fails with a sentence when it is neither."""
    if value is None:
        return None
    for form in ("%Y-%m-%d", "%Y-%m"):
        try:
            # strptime also takes 2026-1-3: what is compared as text has to be padded.
            return datetime.strptime(value, form).strftime(form)
        except ValueError:
            continue
    return fail(f"--{name} {value!r} is no day: write it as 2026-01-31 or 2026-01.", USAGE)


def moment_of(day: str | None, *, end: bool) -> datetime | None:
    """The first moment of a day or month as :func:`check_day` gives it, or with ``end`` its last; in UTC."""
    if day is None:
        return None
    first = datetime.strptime(day, "%Y-%m-%d" if len(day) > 7 else "%Y-%m").replace(tzinfo=UTC)
    if not end:
        return first
    days = 1 if len(day) > 7 else monthrange(first.year, first.month)[1]
    return first + timedelta(days=days) - timedelta(microseconds=1)


def arguments_of(pairs: Sequence[str], option: str) -> dict[str, str]:
    """``name=value`` pairs as a dictionary; fails with a sentence for a pair without ``=``."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            fail(f"{option} {pair!r} should read {option} name=value.", USAGE)
        found[name] = value
    return found


def checked_site(name: str, arguments: dict[str, str], *, where: str = "") -> Site:
    """The site of that name; fails with a sentence when there is none, or when it does not take the arguments.

    ``where`` the arguments were written, when that was not on the command line.
    """
    from newscrawl.sites import SpiderArgumentError, all_sites, check_arguments

    site = next((one for one in all_sites() if one.name == name), None)
    if site is None:
        fail(f"there is no site {name!r}: `newscrawl sites` lists them.", USAGE)
    try:
        check_arguments(name, arguments)
    except SpiderArgumentError as error:
        fail(f"{where or name}: {error}", USAGE)
    return site
