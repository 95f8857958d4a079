"""Databases that hold nothing, or nothing usual: every command that reads one answers sensibly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stored_news import ARTICLE, NOON, URL

from newscrawl.cli import newscrawl
from newscrawl.export import format_names
from pipelines.archive import Archive
from pipelines.store import Store

PRECISION = {7: "month", 10: "day", 20: "minute"}
DATES: Mapping[str, tuple[str | None, ...]] = {
    "empty": (),
    "one article": ("2025-07-01",),
    "no dates": (None, None),
    "1990": ("1990-01-01", "1990-06"),
    "the future": ("2087-12-31T23:59:00Z", "2030-01"),
}
"""A newcomer adds a line."""
READING = (
    ("status",), ("runs",), ("report", "-o", "-"), ("archive", "size"), ("noise", "list"), ("reextract", "--dry-run"),
)  # fmt: skip
"""Commands that say how things are, also when there is nothing."""
FINDING = (("search", "numerique"), ("explain", URL), ("history", URL), ("runs", "1"))
"""Commands that end with 1 and a sentence when there is no article."""


@pytest.fixture(scope="module", params=list(DATES))
def news(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The database and how many articles it has."""
    path, dates = tmp_path_factory.mktemp("news") / "news.db", DATES[request.param]
    Archive.open(Archive.path_for(path)).close()
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl", site="maghress", version="1") if dates else 0
        for number, at in enumerate(dates):
            own = replace(
                ARTICLE,
                canonical_url=f"{URL[:-1]}{number + 1}",
                published_at=at,
                published_day=at[:10] if at and len(at) >= 10 else None,
                published_precision=PRECISION[len(at)] if at else None,  # type: ignore[arg-type]
            )
            store.save(own, run_id=run, at=NOON)
        if dates:
            store.end_run(run)
    return path, len(dates)


def run(news: Path, *arguments: str | Path) -> Result:
    done = CliRunner().invoke(newscrawl, [*map(str, arguments), "--db", str(news)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 0 or done.stderr.strip(), "a failure says what is wrong"
    return done


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_what_says_how_things_are(news: tuple[Path, int], command: tuple[str, ...]) -> None:
    done = run(news[0], *command)
    assert done.exit_code == 0, done.output
    assert done.output.strip()


@pytest.mark.parametrize("command", FINDING, ids=" ".join)
def test_what_finds(news: tuple[Path, int], command: tuple[str, ...]) -> None:
    done = run(news[0], *command)
    assert (done.exit_code == 0) == bool(news[1]), done.output


@pytest.mark.parametrize("form", [*format_names(), "partition", "split", "since-run"])
def test_every_export(news: tuple[Path, int], tmp_path: Path, form: str) -> None:
    more = {
        "partition": ["--partition"],
        "split": ["--split", "language", "--format", "csv"],
        "since-run": ["--since-run", "0", "--format", "csv"],
    }.get(form, ["--format", form])
    done = run(news[0], "export", *more, "-o", tmp_path / "out")
    assert done.exit_code == (0 if news[1] else 1), done.output
    assert bool(list(tmp_path.iterdir())) == bool(news[1])


def test_a_bundle_verifies(news: tuple[Path, int], tmp_path: Path) -> None:
    done = run(news[0], "dataset", tmp_path / "bundle", "--format", "csv", "--format", "parquet", "--format", "sqlite")
    assert done.exit_code == (0 if news[1] else 1), done.output
    if news[1]:
        assert run(news[0], "dataset", "--verify", tmp_path / "bundle").exit_code == 0


def test_stories_are_none_or_prints(news: tuple[Path, int]) -> None:
    done = run(news[0], "stories")
    assert done.exit_code in (0, 1), done.output
