"""`--since-run`: an earlier export and what has changed since are today's export, whatever happened in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_news import ARTICLE, KEY, NOON, URL

from pipelines.selection import Selection
from pipelines.store import Store

COLUMNS = ("url_key", "canonical_url", "title", "language", "published_at")
SELECTIONS = (
    Selection(),
    Selection(languages=["fr"]),
    Selection(since="2025-07"),
    Selection(words="port"),
    Selection(languages=["fr"], words="port", until="2025-07-15"),
)
SAVE = st.tuples(
    st.just("save"),
    st.sampled_from("ABC"),
    st.sampled_from(["fr", "en"]),
    st.sampled_from(["2025-06", "2025-07-10", None]),
    st.sampled_from(["Le port", "La ville"]),
)
STEP = SAVE | st.tuples(st.just("withdraw"), st.sampled_from("ABC"))


def do(store: Store, run: int, steps: Sequence[tuple[Any, ...]]) -> None:
    for step in steps:
        if step[0] == "withdraw":
            store.withdraw(f"{KEY}{step[1]}", run_id=run, at=NOON)
            continue
        _, name, language, at, title = step
        article = replace(ARTICLE, canonical_url=f"{URL}{name}", language=language, published_at=at, title=title)
        store.save(replace(article, body="Rien."), run_id=run, at=NOON)


@settings(max_examples=60, deadline=None)
@given(
    runs=st.lists(st.lists(STEP, max_size=4), min_size=1, max_size=4),
    since=st.integers(0, 3),
    selection=st.sampled_from(SELECTIONS),
)
def test_an_earlier_export_and_the_changes_are_todays(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[tuple[Any, ...]]], since: int, selection: Selection
) -> None:
    since = min(since, len(runs))
    exports = {}
    with Store.open(tmp_path_factory.mktemp("changes") / "news.db") as store:
        exports[0] = {}
        for steps in runs:
            run = store.begin_run(kind="crawl")
            do(store, run, steps)
            exports[run] = {row["url_key"]: row for row in store.select(selection).rows(COLUMNS)}
        mine = dict(exports[since])
        for row in store.select(selection).changes_since(since, COLUMNS):
            change = row.pop("change")
            if change == "withdrawn":
                mine.pop(row["url_key"], None)
                assert row["canonical_url"]
                assert row["title"] is None
            else:
                mine[row["url_key"]] = row
    assert mine == exports[len(runs)]


def test_the_words_say_what_happened(tmp_path: Path) -> None:
    def save(store: Store, run: int, name: str, title: str) -> None:
        store.save(replace(ARTICLE, canonical_url=f"{URL}{name}", title=title), run_id=run, at=NOON)

    with Store.open(tmp_path / "news.db") as store:
        first = store.begin_run(kind="crawl")
        for name in ("same", "other", "gone", "back"):
            save(store, first, name, "Un titre")
        second = store.begin_run(kind="crawl")
        save(store, second, "same", "Un titre")
        save(store, second, "other", "Un autre titre")
        save(store, second, "new", "Un titre")
        for name in ("gone", "back"):
            store.withdraw(f"{KEY}{name}", run_id=second, at=NOON)
        save(store, second, "back", "Un titre")
        save(store, second, "brief", "Un titre")
        store.withdraw(f"{KEY}brief", run_id=second, at=NOON)
        found = [(row["url_key"].removeprefix(KEY), row["change"]) for row in
                 store.select(Selection()).changes_since(first)]  # fmt: skip
        assert sorted(found) == [("back", "updated"), ("gone", "withdrawn"), ("new", "stored"), ("other", "updated")]
        assert found[-1] == ("gone", "withdrawn")
        assert list(store.select(Selection()).changes_since(second)) == []


def test_a_run_that_goes_on_is_asked_for_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as store:
        assert store.select(Selection()).complete_to_run() == 0
        runs = [store.begin_run(kind="crawl") for _ in range(3)]
        store.end_run(runs[0])
        store.end_run(runs[2])
        assert store.select(Selection()).complete_to_run() == runs[0]
        store.end_run(runs[1])
        assert store.select(Selection()).complete_to_run() == runs[2]
