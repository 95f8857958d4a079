"""The verdict over a run, from a site's own history. A newcomer adds a line to a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newscrawl.verdict import Thresholds, judge, judge_history, state_of_site
from pipelines.store.figures import RunFigures
from pipelines.store.rows import to_second
from pipelines.store.run_history import RunSummary

MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
USUAL: dict[str, Any] = {
    "listed": 10,
    "stored": 20,
    "headlines": 200,
    "articles": 20,
    "words": 300,
    "title": 20,
    "date": 19,
    "publisher": 18,
}


def run(day: int = 0, *, state: str = "finished", arguments: str = "", **told: Any) -> RunSummary:
    """A crawl ``day`` days after a Monday; what is not told is as usual, and 0 leaves an outcome out."""
    values = USUAL | told
    extra = {word.replace("_", "-"): n for word, n in told.items() if word not in USUAL}
    outcomes = {"listed": values["listed"], "stored": values["stored"], **extra}
    figures = RunFigures(
        headlines=values["headlines"],
        pages=values["articles"] + outcomes.get("no-text", 0),
        articles=values["articles"],
        with_title=values["title"],
        with_date=values["date"],
        with_publisher=values["publisher"],
        median_words=values["words"] or None,
    )
    at = to_second(MONDAY + timedelta(days=day))
    found = {word: count for word, count in outcomes.items() if count}
    return RunSummary(day + 100, "crawl", "maghress", arguments, "1", at, at, state, None, found, figures)


NOTHING: dict[str, Any] = {"stored": 0, "articles": 0, "title": 0, "date": 0, "publisher": 0, "words": 0}
SHUT_OUT = NOTHING | {"listed": 0, "headlines": 0}
WEEK = [run(day) for day in range(7)]


@pytest.mark.parametrize(
    ("told", "word", "reason"),
    [
        ({}, "ok", "as usual"),
        ({"stored": 12}, "ok", "as usual"),
        ({"http_404": 9}, "ok", "as usual"),
        (NOTHING, "quiet", "nothing new; usual are 20"),
        (
            {**NOTHING, "stored": 3, "articles": 3, "title": 3, "date": 3, "publisher": 3},
            "quiet",
            "3 new; usual are 20",
        ),
        # the server does not let us in, or is not there
        ({**SHUT_OUT, "http_403": 10}, "blocked", "10 of 10 addresses were refused or not answered: http-403 10"),
        ({**SHUT_OUT, "http_429": 1}, "blocked", "1 of 1"),
        ({**SHUT_OUT, "dns": 3}, "blocked", "dns 3"),
        ({**SHUT_OUT, "robots": 10}, "blocked", "robots 10"),
        ({"robots": 30}, "ok", "as usual"),  # some of it is forbidden, as everywhere
        ({**NOTHING, "http_403": 20}, "blocked", "20 of 30"),  # the lists are open, the articles are not
        ({**NOTHING, "timeout": 4}, "quiet", "nothing new"),
        ({"timeout": 4}, "ok", "as usual"),
        # its pages are no longer what they were
        ({**NOTHING, "headlines": 0}, "layout-changed", "10 feeds and listings gave no headline"),
        ({**SHUT_OUT, "not_listing": 9, "not_feed": 1}, "layout-changed", "not-feed 1, not-listing 9"),
        ({**NOTHING, "headlines": 60}, "layout-changed", "a listing gave 6.0 headlines, usual are 20.0"),
        ({**NOTHING, "no_text": 20}, "layout-changed", "none of 20 pages gave an article"),
        ({"no_text": 20}, "layout-changed", "50% of pages gave no text, usual are 0%"),
        ({"no_text": 5}, "ok", "as usual"),
        ({"date": 0}, "layout-changed", "0% of articles have a date, usual are 95%"),
        ({"date": 14}, "ok", "as usual"),
        ({"title": 2}, "layout-changed", "10% of articles have a title"),
        ({"publisher": 5}, "layout-changed", "25% of articles have a publisher, usual are 90%"),
        ({"words": 40}, "layout-changed", "the median article has 40 words, usual are 300"),
        ({"words": 150}, "ok", "as usual"),
        # so few pages say nothing about shares and lengths
        ({"stored": 4, "articles": 4, "title": 0, "date": 0, "publisher": 0, "words": 10}, "ok", "as usual"),
        # nothing but "not modified" is no lack of headlines
        ({**SHUT_OUT, "not_modified": 10}, "quiet", "nothing new"),
    ],
)
def test_held_against_a_week_as_usual(told: dict[str, Any], word: str, reason: str) -> None:
    found = judge(run(7, **told), WEEK, Thresholds())
    assert (found.word, reason in found.reason) == (word, True), found


@pytest.mark.parametrize(
    ("runs", "told", "word"),
    [
        (0, {}, "ok"),
        (4, {}, "ok"),
        (4, {"date": 0, "words": 40}, "ok"),  # nobody knows yet what is usual
        (5, {"date": 0}, "layout-changed"),
        (0, NOTHING, "quiet"),
        (0, {**SHUT_OUT, "http_403": 1}, "blocked"),
        (0, {**NOTHING, "headlines": 0}, "layout-changed"),
        (0, {**NOTHING, "no_text": 20}, "layout-changed"),
        (0, {**NOTHING, "no_text": 2}, "quiet"),
    ],
)
def test_with_too_little_history(runs: int, told: dict[str, Any], word: str) -> None:
    found = judge(run(7, **told), WEEK[7 - runs :], Thresholds())
    assert found.word == word
    if word == "ok":
        assert found.reason == f"no baseline yet: {runs} of 5 runs"


SUNDAYS_ARE_THIN = [run(day, stored=2 if day % 7 == 6 else 40) for day in range(28)]


@pytest.mark.parametrize(
    ("day", "new", "word"),
    [
        (28, 40, "ok"),
        (28, 2, "quiet"),
        (34, 2, "ok"),
        (34, 40, "ok"),
        (34, 0, "quiet"),
        (29, 7, "quiet"),
        (29, 9, "ok"),
    ],
)
def test_each_day_of_the_week_has_its_own_baseline(day: int, new: int, word: str) -> None:
    assert judge(run(day, stored=new), SUNDAYS_ARE_THIN, Thresholds(stale_days=100)).word == word


def test_a_layout_that_has_changed_does_not_become_usual() -> None:
    history = [*WEEK, *(run(7 + day, date=0) for day in range(60))]
    words = [verdict.word for verdict in judge_history(history, Thresholds(stale_days=100)).values()]
    assert words == ["ok"] * 7 + ["layout-changed"] * 60


def test_unless_the_operator_says_since_when_it_is_another_site() -> None:
    history = [*WEEK, *(run(7 + day, date=0) for day in range(20))]
    since = (MONDAY + timedelta(days=7)).date().isoformat()
    words = [verdict.word for verdict in judge_history(history, Thresholds(since=since)).values()]
    assert words == ["ok"] * 27


def test_runs_with_other_arguments_are_no_baseline() -> None:
    found = judge(run(7, stored=1, headlines=10, arguments="max_pages=1"), WEEK, Thresholds())
    assert found.reason == "no baseline yet: 0 of 5 runs"


@pytest.mark.parametrize(("days", "word"), [(1, "quiet"), (3, "quiet"), (4, "stale")])
def test_nothing_new_for_days_is_stale(days: int, word: str) -> None:
    history = [*WEEK, *(run(6 + day, **NOTHING) for day in range(1, days + 1))]
    last = list(judge_history(history, Thresholds()).values())[-1]
    assert last.word == word, last


def test_a_site_that_is_no_longer_crawled_is_stale() -> None:
    now = MONDAY + timedelta(days=9, hours=1)
    found = state_of_site(WEEK, Thresholds(), now)
    assert found is not None
    assert (found.word, "no crawl has ended since 2026-03-08" in found.reason) == ("stale", True)
    fine = state_of_site(WEEK, Thresholds(), now - timedelta(days=1))
    assert fine is not None
    assert fine.word == "ok"


def test_a_crawl_for_which_nothing_was_due_shows_that_the_timer_runs_and_hides_no_alarm() -> None:
    nothing_was_due = replace(run(10), outcomes={}, figures=None)
    fine = state_of_site([*WEEK, nothing_was_due], Thresholds(), MONDAY + timedelta(days=11))
    assert fine is not None
    assert fine.word == "ok"
    shut = state_of_site([*WEEK, run(7, **SHUT_OUT, http_403=40), nothing_was_due], Thresholds(), MONDAY)
    assert shut is not None
    assert shut.word == "blocked"


def test_what_did_not_end_by_itself_is_not_judged_and_is_no_baseline() -> None:
    runs = [run(day, state=state) for day, state in enumerate(["died", "interrupted", "running", "failed"])]
    assert judge_history(runs, Thresholds()) == {}
    assert state_of_site(runs, Thresholds(), MONDAY) is None
    nothing_was_due = replace(run(8), outcomes={}, figures=None)
    assert judge_history([nothing_was_due], Thresholds()) == {}
    ingest = replace(run(9), kind="ingest")
    assert judge_history([ingest], Thresholds()) == {}


@pytest.mark.parametrize(
    ("limits", "told", "word"),
    [
        (Thresholds(quiet_share=0.7), {"stored": 12}, "quiet"),
        (Thresholds(field_drop=0.05), {"date": 17}, "layout-changed"),
        (Thresholds(length_share=0.9), {"words": 250}, "layout-changed"),
        (Thresholds(yield_share=1.0), {"headlines": 199}, "layout-changed"),
        (Thresholds(blocked_share=0.1), {"http_403": 6}, "blocked"),
        (Thresholds(min_runs=8), {"date": 0}, "ok"),
        (Thresholds(min_pages=21), {"date": 0}, "ok"),
    ],
)
def test_thresholds_move_the_line(limits: Thresholds, told: dict[str, Any], word: str) -> None:
    assert judge(run(7, **told), WEEK, limits).word == word
