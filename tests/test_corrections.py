"""What counts as a change of an article, and what is only a ticker, a counter or a clock."""

from __future__ import annotations

import doctest
from dataclasses import replace
from typing import Any

import pytest

from pipelines import corrections
from pipelines.corrections import figures, is_worse, settled
from pipelines.rows import article_columns
from tests.stored_news import ARTICLE

OLD = article_columns(
    replace(
        ARTICLE,
        body="Le port s'étend sur 12 hectares.\n\nLu 1 234 fois\n\nLes élus en débattent.",
        word_count=14,
        published_raw="01/07/2025 10:30",
        published_at="2025-07-01T09:30:00Z",
        published_precision="minute",
    )
)


def changed(old: dict[str, Any], **changes: Any) -> dict[str, Any]:
    row = settled(old, old | changes)
    return {name: value for name, value in row.items() if value != old[name]}


@pytest.mark.parametrize(
    ("old_line", "new_line"),
    [
        ("Lu 1 234 fois", "Lu 1 301 fois"),
        ("12 commentaires", "13 commentaires"),
        ("1 comment", "14 comments"),
        ("Vues : 17", "Vues : 2 318"),
        ("3.4K views", "11K views"),
        ("Visitas: 99", "Visitas: 1.000"),
        ("5 partages", "6 partages"),
        ("812 lecturas", "815 lecturas"),
    ],
)
def test_a_counter_that_runs_is_no_change(old_line: str, new_line: str) -> None:
    old = OLD | {"body": OLD["body"].replace("Lu 1 234 fois", old_line)}
    assert changed(old, body=old["body"].replace(old_line, new_line), word_count=99) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12 hectares", "14 hectares"),
        ("Les élus en débattent.", "Les élus en débattent. 12 commentaires ont suivi la décision du port."),
        ("Lu 1 999 fois", "Un paragraphe de plus."),
    ],
)
def test_an_edit_is_a_change_whatever_runs_beside_it(before: str, after: str) -> None:
    body = OLD["body"].replace("1 234", "1 999").replace(before, after)
    assert set(changed(OLD, body=body)) == {"body"}


@pytest.mark.parametrize(
    ("old_raw", "old_at", "new_raw", "new_at", "same"),
    [
        ("il y a 2 heures", "2025-07-01T09:30:00Z", "il y a 5 heures", "2025-07-01T09:10:00Z", True),
        ("2 hours ago", "2025-07-01T09:30:00Z", "yesterday", "2025-07-01", True),
        ("yesterday", "2025-07-01", "1 July 2025", "2025-07-01", True),
        ("hace 3 días", "2025-07-01", "hace 4 días", "2025-07-01", False),
        ("2 hours ago", "2025-07-01T09:30:00Z", "9 July 2025", "2025-07-09", False),
        ("1 July 2025", "2025-07-01", "2 July 2025", "2025-07-02", False),
        ("a month ago", "2025-06-01", "2 months ago", "2025-05-20", True),
    ],
)
def test_a_relative_date_is_the_same_moment_told_later(
    old_raw: str, old_at: str, new_raw: str, new_at: str, same: bool
) -> None:
    language = "fr" if "il y a" in old_raw else "es" if "hace" in old_raw else "en"
    old = OLD | {"language": language, "published_raw": old_raw, "published_at": old_at}
    found = changed(old, published_raw=new_raw, published_at=new_at)
    if old_at == new_at:
        same = True  # the day did not move: another wording of it is no news
    assert (found == {}) is same, found


def test_a_clock_beside_the_article_is_no_date_of_change_but_an_edit_brings_its_own() -> None:
    old = OLD | {"modified_raw": "il y a 5 minutes", "modified_at": "2025-07-01T12:00:00Z"}
    later = {"modified_raw": "il y a 2 minutes", "modified_at": "2025-07-01T15:00:00Z"}
    assert changed(old, **later) == {}
    assert changed(old, title="Autre titre", **later) == {"title": "Autre titre", **later}


@pytest.mark.parametrize(
    ("stored", "found", "worse"),
    [
        ({"word_count": 600}, {"word_count": 40}, True),
        ({"word_count": 600}, {"word_count": 560}, False),
        ({"word_count": 600}, {"word_count": 560, "paywalled": 1}, True),
        ({"word_count": 600, "paywalled": 1}, {"word_count": 560, "paywalled": 1}, False),
        ({"word_count": 40}, {"word_count": 15}, False),
        ({"word_count": 40}, {"word_count": 600}, False),
    ],
)
def test_a_body_that_is_worse(stored: dict[str, int], found: dict[str, int], worse: bool) -> None:
    assert is_worse({"paywalled": 0} | stored, {"paywalled": 0} | found) is worse


def test_figures_are_compared_whatever_their_order_and_spacing() -> None:
    new = OLD | {"title": "L'économie avance de 3,5 %", "body": OLD["body"].replace("12", "14")}
    assert figures(OLD, new) == (["12"], ["3,5%", "14"])
    assert figures(OLD, OLD | {"body": "1 234 12"}) == ([], [])


def test_examples_run() -> None:
    assert doctest.testmod(corrections).failed == 0
