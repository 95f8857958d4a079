"""The exit codes of the `newscrawl` command, and the errors that carry them (listed in docs/commands.md)."""

from __future__ import annotations

from typing import Any, NoReturn

import click

__all__ = ["BUSY", "CLUSTER", "DONE", "INTERRUPTED", "LAYOUT", "SOME_FAILED", "STORAGE", "USAGE", "Failure", "fail"]

DONE = 0
SOME_FAILED = 1
"""Some URLs failed, the page is no article, or there is nothing to show."""
USAGE = 2
"""The command line is wrong: an unknown site, a URL that is no URL, a missing option."""
LAYOUT = 3
"""A site is blocked or its layout no longer fits."""
BUSY = 4
"""Another program holds the database."""
STORAGE = 5
"""A file or database cannot be read or written."""
CLUSTER = 6
"""The cluster that is to extract cannot be used or was lost; what was fetched is archived."""
INTERRUPTED = 130
"""Ended by Ctrl-C or SIGTERM; what was fetched is stored."""


class Failure(click.ClickException):
    """An error that ends the command with one sentence on stderr and an exit code of ours."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        # click keeps its own code on the class; here it depends on what went wrong.
        self.__dict__["exit_code"] = exit_code

    def show(self, file: Any = None) -> None:
        """Print the sentence to stderr."""
        click.echo(f"newscrawl: {self.format_message()}", err=True, file=file)


def fail(message: str, exit_code: int) -> NoReturn:
    """End the command: ``message`` says what is wrong and what to do."""
    raise Failure(message, exit_code)
