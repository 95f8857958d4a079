"""`newscrawl schedule`: crawls that run by themselves, as systemd timers or crontab lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from newscrawl.exit_codes import SOME_FAILED, USAGE, fail
from newscrawl.options import arguments_of, checked_site, configured, database_option, duration_option
from newscrawl.scheduling.plan import EVERY, Plan, PlanError, cron_line, parse_at, service_unit, timer_unit, unit_name
from newscrawl.tables import print_table

__all__ = ["command"]

Command = TypeVar("Command", bound=Callable[..., Any])

KINDS = click.Choice(["systemd", "cron"])


def plan_options(command: Command) -> Command:
    """What `print` and `install` take."""
    for option in reversed(
        (
            click.argument("sites", nargs=-1, metavar="SITE..."),
            click.option("--with", "kind", type=KINDS, default=None, help="systemd where it runs, else cron."),
            click.option("--every", type=click.Choice(list(EVERY)), default="1h", show_default=True, help="How often."),
            click.option("--at", metavar="HH:MM", help="First run of a day, local time; else a minute of its own."),
            duration_option("--jitter", default="5m", help="Begin each run up to so much later, at random.  [5m]"),
            click.option(
                "--log", type=click.Path(path_type=Path), default=None, help="Beside the database, if not given."
            ),
            click.option("--name", default=None, help="Of the schedule: the sites' names, or `all`, if not given."),
            click.option("-a", "arguments", multiple=True, metavar="NAME=VALUE", help="A spider argument."),
            database_option,
            click.pass_context,
        )
    ):
        command = option(command)
    return command


@click.group("schedule", short_help="Crawl by a timer: print, install, list or remove one.")
def command() -> None:
    """Crawl by a timer: print one, install it, list what is installed, remove it.

    A crawl that is still running when the next is due keeps it away. Every listing and feed is asked as often as it
    changes (`crawl --due`), within the bounds of `polling` in newscrawl.toml. Only files of this user are written:
    ~/.config/systemd/user, or the user's own crontab.
    """


@command.command("print")
@plan_options
def print_(ctx: click.Context, kind: str | None, **chosen: Any) -> None:
    """Print the units or the crontab line, and install nothing."""
    plan = _plan(ctx, **chosen)
    if (kind or _usual()) == "cron":
        click.echo(cron_line(plan), nl=False)
        return
    for ending, text in (("service", service_unit(plan)), ("timer", timer_unit(plan))):
        click.echo(f"# ~/.config/systemd/user/{unit_name(plan.name)}.{ending}\n{text}")


@command.command("install")
@plan_options
def install(ctx: click.Context, kind: str | None, **chosen: Any) -> None:
    """Install a timer; one of the same name is replaced. For example:

    \b
    newscrawl schedule install maghress --every 1h
    newscrawl schedule install --every 1d --at 06:30 --with cron
    """
    from newscrawl.scheduling import install as place

    plan = _plan(ctx, **chosen)
    try:
        plan.log.parent.mkdir(exist_ok=True)
        if (kind or _usual()) == "cron":
            place.install_cron(plan)
            click.echo(f"{plan.name} is in your crontab: `crontab -l` shows it.")
        else:
            for file in place.install_systemd(plan):
                click.echo(file)
            click.echo(f"{unit_name(plan.name)}.timer is started: `systemctl --user list-timers` shows it.")
            click.echo("It runs while you are logged in; for always: `loginctl enable-linger`.")
    except place.ToolError as error:
        fail(str(error), SOME_FAILED)
    click.echo(f"Its output goes to {plan.log}; `newscrawl runs` tells how the crawls went.")


@command.command("remove")
@click.argument("name")
@click.option("--with", "kind", type=KINDS, default=None, help="Only the one of this kind.")
def remove(name: str, kind: str | None) -> None:
    """Stop schedule NAME and take it away; logs and databases stay."""
    from newscrawl.scheduling import install as place

    removed = False
    if kind != "cron":
        for file in place.remove_systemd(name):
            removed = True
            click.echo(f"{file} is removed.")
    if kind == "cron" or (kind is None and not removed):
        try:
            if place.remove_cron(name):
                removed = True
                click.echo(f"{name} is no longer in your crontab.")
        except place.ToolError as error:
            if kind == "cron":
                fail(str(error), SOME_FAILED)
    if not removed:
        fail(f"there is no schedule {name!r}: `newscrawl schedule list` shows what is installed.", SOME_FAILED)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(as_json: bool) -> None:
    """List what is installed."""
    from newscrawl.scheduling import install as place

    try:
        found = place.installed()
    except place.ToolError as error:
        fail(str(error), SOME_FAILED)
    if as_json:
        for one in found:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
    elif found:
        rows = [(one.name, one.kind, one.state, one.when, one.command) for one in found]
        print_table(("name", "kind", "state", "when", "command"), rows)
    else:
        click.echo("No schedule is installed: `newscrawl schedule install SITE` makes one.")


def _plan(
    ctx: click.Context,
    sites: tuple[str, ...],
    every: str,
    at: str | None,
    jitter: int,
    log: Path | None,
    name: str | None,
    arguments: tuple[str, ...],
    database: Path,
) -> Plan:
    given = arguments_of(arguments, "-a")
    for site in sites:
        checked_site(site, dict(configured().sites[site].arguments if site in configured().sites else {}) | given)
    if not sites and not any(site.enabled for site in configured().sites.values()):
        fail("name a site to crawl, or list some in newscrawl.toml: `newscrawl sites` shows what there is.", USAGE)
    words = [*_configuration(), "crawl", *sites, "--due"]
    words += [word for pair in arguments for word in ("-a", pair)]
    try:
        return Plan(
            name=name or "-".join(sites) or "all",
            program=_program(),
            # Without a terminal, progress would only fill the log.
            arguments=[*words, "-s", "NEWSCRAWL_PROGRESS=False", *_database(ctx, database)],
            folder=Path.cwd(),
            log=(log or database.with_name(f"{database.stem}.log")).absolute(),
            every=every,
            at=parse_at(at) if at else None,
            jitter=jitter,
        )
    except PlanError as error:
        fail(str(error), USAGE)


def _configuration() -> list[str]:
    """The file that was read, and what came from elsewhere: a timer has neither this environment nor these options."""
    from newscrawl.config.keys import KEYS

    config = configured()
    words = ["--config", str(config.file.absolute())] if config.file else []
    for key in KEYS:
        value = config.values[key.name]
        if key.name == "database" or not value.origin.startswith(("option", "environment")):
            continue
        if key.secret:
            fail(
                f"{key.name} comes from the {value.origin}, which a timer does not have: write it in newscrawl.toml.",
                USAGE,
            )
        words += ["--key", f"{key.name}={value.text}"]
    return words


def _database(ctx: click.Context, database: Path) -> list[str]:
    """Only where the configuration does not say it, so that a change there is heeded."""
    source = ctx.get_parameter_source("database")
    elsewhere = configured().values["database"].origin.startswith(("option", "environment"))
    return ["--db", str(database.absolute())] if source is not click.core.ParameterSource.DEFAULT or elsewhere else []


def _program() -> Path:
    script = Path(sys.argv[0])
    return script.absolute() if script.name == "newscrawl" else Path(sys.executable).with_name("newscrawl")


def _usual() -> str:
    """As sd_booted(3) tells it."""
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"
