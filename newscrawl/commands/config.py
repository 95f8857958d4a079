"""`newscrawl config`: what is in force, and where each value comes from."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from newscrawl.config.keys import SITE_KEYS
from newscrawl.options import checked_site, configured, database_option
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from newscrawl.config import Config

__all__ = ["command"]


def _print_example(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """At once, before anything reads a file that may be wrong."""
    if value:
        click.echo(files("newscrawl").joinpath("newscrawl.example.toml").read_text(encoding="utf-8"), nl=False)
        ctx.exit()


@click.command("config", short_help="Print every key, its value and where it comes from.")
@database_option
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_example,
    help="Print a commented newscrawl.toml with every key there is.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(ctx: click.Context, database: Path, as_json: bool) -> None:
    """Print every key, its value and where it comes from: an option, the environment, newscrawl.toml, or the default.

    To begin with a file of your own: `newscrawl config --example > newscrawl.toml`.
    """
    config = configured()
    for site in config.sites.values():
        checked_site(site.name, dict(site.arguments), where=f"{config.file}, line {site.line}")
    rows = [(name, _shown(name, value), origin) for name, value, origin in _values(config)]
    if ctx.get_parameter_source("database") is click.core.ParameterSource.COMMANDLINE:
        rows = [(name, str(database), "option --db") if name == "database" else (name, *rest) for name, *rest in rows]
    if as_json:
        told = {name: {"value": value, "from": origin} for name, value, origin in rows}
        click.echo(json.dumps({"file": str(config.file) if config.file else None, "keys": told}, indent=2))
    else:
        print_table(("key", "value", "from"), [(name, _text(value), origin) for name, value, origin in rows])


def _values(config: Config) -> list[tuple[str, Any, str]]:
    found = [(name, value.value, value.origin) for name, value in config.values.items()]
    for site in config.sites.values():
        told = {key: getattr(site, key) for key in SITE_KEYS}
        own = {key: value for key, value in told.items() if value not in (None, "")}
        limits = {f"thresholds.{name}": value for name, value in site.thresholds.items()}
        for name, value in {**own, **site.arguments, **limits}.items():
            found.append((f"sites.{site.name}.{name}", value, f"{config.file} line {site.line}"))
    return found


def _shown(name: str, value: Any) -> Any:
    """Of a secret address the host alone."""
    from newscrawl.config.keys import KEYS

    if not value or name not in {key.name for key in KEYS if key.secret}:
        return value
    return f"{urlsplit(value).scheme}://{urlsplit(value).hostname}/..."


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
