"""What a run has asked for: digests say what the addresses themselves would."""

from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.fetching import asked as asked_module
from newscrawl.fetching.asked import Asked

KEYS = st.sampled_from(["example.org/a", "example.org/b", "example.org/é", "example.org/\ud800", ""])


@given(st.lists(st.tuples(KEYS, st.one_of(st.none(), KEYS.map("https://".__add__)))))
def test_it_says_what_a_table_of_the_addresses_would(asks: list[tuple[str, str | None]]) -> None:
    asked, table = Asked(), dict[str, str]()
    for key, redirected in asks:
        assert (key in asked) == (key in table)
        if redirected is None:
            assert asked.add(key) == (key not in table)
            table.setdefault(key, "")
        else:
            assert asked.reach(key, redirected) == table.setdefault(key, redirected)
        assert asked.led_to(key) == table[key]


def test_the_examples_are_true() -> None:
    assert doctest.testmod(asked_module).failed == 0
