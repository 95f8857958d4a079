"""Help fits into a terminal: every command's line is whole at 80 columns; a moving line stays on its line."""

from __future__ import annotations

import click
import pytest

from newscrawl.cli import newscrawl
from newscrawl.terminal_line import fitted


def groups() -> list[click.Group]:
    context = click.Context(newscrawl)
    commands = [newscrawl.get_command(context, name) for name in newscrawl.list_commands(context)]
    return [newscrawl, *(command for command in commands if isinstance(command, click.Group))]


@pytest.mark.parametrize("group", groups(), ids=lambda group: str(group.name))
def test_every_command_has_a_whole_line(group: click.Group) -> None:
    context = click.Context(group, info_name=group.name, terminal_width=80, max_content_width=80)
    listed = group.get_help(context).split("Commands:\n")[1].splitlines()
    assert len(listed) == len(group.list_commands(context)), "a line is broken in two"
    assert not [line for line in listed if line.endswith("...") or len(line) > 80 or len(line.split()) < 2]


@pytest.mark.parametrize("columns", [20, 60, 80])
def test_a_moving_line_fits(columns: int) -> None:
    line = "maghress: 1048 fetched, 940 stored, 3 unchanged, 5 known, 7 other; 12 waiting"
    assert len(fitted(line, columns)) == min(len(line), columns - 1)
    assert fitted("Ω" * 100, 60) == "Ω" * 58 + "…"
    assert len(fitted("新" * 100, 60)) <= 30
