"""What goes to a worker process and comes back is what was sent."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.sites import all_rules
from pipelines.article import to_article
from pipelines.items import Extraction, Headline
from pipelines.parcels import extraction_of, page_of, parcel_of_extraction, parcel_of_page
from tests.sample_pages import sample_pages

PROMISED = Headline("https://example.org/a/1", "Titre", "sample", "feed", datetime(2025, 1, 1, tzinfo=UTC))


def test_a_page_and_its_promise() -> None:
    for page in sample_pages():
        for headline in (None, PROMISED):
            assert page_of(pickle.loads(pickle.dumps(parcel_of_page(page, headline)))) == (page, headline)


def test_what_was_read_out_of_a_page() -> None:
    rules = all_rules()
    for page in [*sample_pages(), replace(sample_pages()[0], status=404)]:
        found = to_article(page, rules=rules, headline=PROMISED)
        assert extraction_of(pickle.loads(pickle.dumps(parcel_of_extraction(found)))) == found


@given(st.lists(st.text(max_size=3), max_size=4).map(tuple))
def test_whatever_a_menu_says(names: tuple[str, ...]) -> None:
    found = Extraction(None, names=names)
    assert extraction_of(pickle.loads(pickle.dumps(parcel_of_extraction(found)))) == found
