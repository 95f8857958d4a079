"""What a run changed or would change, for people and for scripts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from newscrawl.differences import difference_lines, readable_fields
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from pipelines.history import Change

__all__ = ["FieldCounts", "Report", "print_report"]


@dataclass
class FieldCounts:
    """Articles in which a field got another value, got its first, or lost it."""

    changed: int = 0
    gained: int = 0
    lost: int = 0

    def add(self, before: Any, after: Any) -> None:
        """Count one article."""
        if before in (None, "", "[]"):
            self.gained += 1
        elif after in (None, "", "[]"):
            self.lost += 1
        else:
            self.changed += 1


@dataclass
class Report:
    """The sum of a run's changes."""

    articles: Counter[str] = field(default_factory=Counter)
    """How many were ``stored``, ``updated``, ``withdrawn``, ``gone``, ``returned``."""
    fields: dict[str, FieldCounts] = field(default_factory=dict)
    """Of updated articles."""

    def add(self, change: Change) -> None:
        """Count one article's change."""
        self.articles[change.kind] += 1
        if change.kind == "updated":
            for name, (before, after) in change.fields.items():
                self.fields.setdefault(name, FieldCounts()).add(before, after)

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "articles": dict(sorted(self.articles.items())),
            "fields": {name: vars(counts) for name, counts in sorted(self.fields.items())},
        }


def print_report(
    changes: Iterable[Change], outcomes: Mapping[str, int], *, as_json: bool, samples: int, would: bool
) -> Report:
    """Print what changed: a line of JSON an article and one for all, or differences of some and a table.

    ``samples``: how many articles' differences people see; ``would``: nothing was stored.
    """
    report = Report()
    for change in changes:
        report.add(change)
        if as_json:
            click.echo(json.dumps(change_as_json(change), ensure_ascii=False))
        elif sum(report.articles.values()) <= samples:
            for line in change_lines(change):
                click.echo(line)
    if as_json:
        click.echo(json.dumps({"outcomes": dict(sorted(outcomes.items())), **report.as_json()}))
    else:
        _print_table(report, outcomes, would)
    return report


def change_as_json(change: Change) -> dict[str, Any]:
    """One article's change for scripts."""
    return {
        "url": change.url,
        "kind": change.kind,
        "cause": change.cause,
        "fields": readable_fields(change.fields),
    }


def change_lines(change: Change) -> Iterable[str]:
    """One article's change for people; of a stored or withdrawn article the title alone."""
    yield click.style(f"{change.kind}: {change.url}", bold=True)
    whole = change.kind in ("stored", "withdrawn")
    yield from difference_lines({name: pair for name, pair in change.fields.items() if not whole or name == "title"})


def _print_table(report: Report, outcomes: Mapping[str, int], would: bool) -> None:
    rows = [(name, one.changed, one.gained, one.lost) for name, one in sorted(report.fields.items())]
    if rows:
        print_table(("field", "changed", "gained", "lost"), rows)
    pages = ", ".join(f"{word} {count}" for word, count in sorted(outcomes.items()))
    click.echo(f"pages read: {sum(outcomes.values())} ({pages})" if outcomes else "no page was read")
    parts = ", ".join(f"{count} {kind}" for kind, count in sorted(report.articles.items()))
    what = "would change" if would else "changed"
    click.echo(f"articles that {what}: {sum(report.articles.values())}" + (f" ({parts})" if parts else ""))
