"""The `newscrawl` command: finds the verbs in :mod:`newscrawl.commands` and turns errors into sentences.

click parses: it is what sqlite-utils and Datasette use (and so already installed), its errors name the option, and
unlike typer it passes Scrapy's repeated ``-a name=value`` through as they are.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import select
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any, TextIO

import click

from newscrawl import __version__, commands
from newscrawl.exit_codes import BUSY, CLUSTER, DONE, INTERRUPTED, STORAGE
from newscrawl.options import CONFIG_FILE, CONFIG_OPTIONS, arguments_of
from pipelines.cluster import ClusterError
from pipelines.store import StoreError

__all__ = ["main", "newscrawl"]


class ReaderGoneError(Exception):
    """Whoever read our stdout has had enough."""


class Verbs(click.Group):
    """One file a verb: the modules of `newscrawl.commands`, imported only when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in alphabetical order."""
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The click command of a verb; None when there is no such file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb. click would end a command whose reader (`head`) has gone with exit code 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            if _is_read(sys.stdout):
                raise
            raise ReaderGoneError from None


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="newscrawl")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Instead of ./newscrawl.toml.")
@click.option("--key", "keys", multiple=True, metavar="KEY=VALUE", help="A key of newscrawl.toml; may repeat.")
@click.pass_context
def newscrawl(ctx: click.Context, config: Path | None, keys: tuple[str, ...]) -> None:
    """From news aggregators to a queryable archive.

    Data goes to stdout, progress and messages to stderr. Exit codes: 0 done, 1 some URLs failed or nothing to show,
    2 usage, 3 a site is blocked or its layout changed, 4 the database is in use, 5 a file or database cannot be read
    or written, 6 the cluster cannot be used or was lost, 130 interrupted.
    """
    ctx.meta[CONFIG_FILE] = config
    ctx.meta[CONFIG_OPTIONS] = arguments_of(keys, "--key")


def main() -> None:
    """Entry point of the console script: never a traceback, always a documented exit code."""
    if "NEWSCRAWL_SPIDERS" in os.environ:
        sys.path.append("")  # they may be in the current folder, where an installed command does not look by itself
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what it interrupts in order, as Ctrl-C does
    try:
        # Without standalone mode click gives an exit code back instead of ending the process.
        code = newscrawl.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else DONE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except StoreError as error:
        click.echo(f"newscrawl: {error}", err=True)
        sys.exit(BUSY if error.busy else STORAGE)
    except ClusterError as error:
        click.echo(f"newscrawl: {error}", err=True)
        sys.exit(CLUSTER)
    except sqlite3.DatabaseError as error:
        click.echo(f"newscrawl: the database cannot be used ({error}). Check it with another --db PATH.", err=True)
        sys.exit(STORAGE)
    except ReaderGoneError:
        # Point stdout elsewhere, so that Python does not complain at exit. It is no failure: the reader has what it
        # wanted, and a script with `pipefail` goes on.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except OSError as error:
        where = f" {error.filename!r}" if error.filename else ""
        click.echo(f"newscrawl: cannot read or write{where}: {error.strerror or error}.", err=True)
        sys.exit(STORAGE)
    except (KeyboardInterrupt, click.Abort):
        click.echo("newscrawl: interrupted; what was fetched is stored.", err=True)
        sys.exit(INTERRUPTED)


def _is_read(stream: TextIO) -> bool:
    """Whether somebody still reads from a pipe that we write to; a file is always read."""
    poll = select.poll()
    poll.register(stream.fileno(), select.POLLOUT)
    return not any(event & select.POLLERR for _, event in poll.poll(0))
