"""`newscrawl doctor`: is everything in order?"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from newscrawl.exit_codes import SOME_FAILED
from newscrawl.options import checked_site, configured, database_option

__all__ = ["command"]


@click.command("doctor", short_help="Check that everything is in order.")
@database_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(database: Path, as_json: bool) -> None:
    """Check versions, configuration, permissions, disk, clock, both databases, full text, runs, timers,
    and the cluster where one is configured.

    Reads the whole database, so that a large one takes a while. The exit code is 1 when there is a problem; a warning
    is none.
    """
    from newscrawl.doctor import Finding, check_all
    from newscrawl.scheduling.install import ToolError, installed

    config = configured()
    for site in config.sites.values():
        checked_site(site.name, dict(site.arguments), where=f"{config.file}, line {site.line}")
    findings = []
    try:
        schedules = installed()
    except ToolError as error:
        schedules = []
        findings.append(Finding("schedule", "warning", str(error)))
    findings += check_all(database, config, schedules, datetime.now(UTC))
    for one in findings:
        click.echo(
            json.dumps(asdict(one), ensure_ascii=False) if as_json else _line(one.check, one.grade, one.sentence)
        )
    problems = sum(one.grade == "problem" for one in findings)
    if not as_json:
        click.echo(f"{problems or 'no'} problem{'' if problems == 1 else 's'}.")
    if problems:
        raise click.exceptions.Exit(SOME_FAILED)


def _line(check: str, grade: str, sentence: str) -> str:
    return f"{grade:8} {check:14} {sentence}"
