"""A ticker is one value, and counts as its headlines do one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipelines.items import Extraction, Headline
from pipelines.parcels import extraction_of, parcel_of_extraction
from pipelines.store.ledger import key_of
from pipelines.store.sightings import MOST_TICKERS, Sightings
from pipelines.ticker import Ticker, TickerLinks, turned

AT = datetime(2025, 7, 1, tzinfo=UTC)
LINKS: TickerLinks = tuple((f"https://example.org/{number}", f"Titre {number}", "fr") for number in range(6))

links = st.lists(st.sampled_from(LINKS), max_size=6, unique=True).map(tuple)


def ticker_of(printed: TickerLinks, minute: int = 0) -> Ticker:
    """As a page prints it that was fetched in that minute."""
    page = f"https://example.org/page/{minute}"
    same, start = turned(printed)
    return Ticker(same, "sample", AT + timedelta(minutes=minute), page, start)


def headlines_of(printed: TickerLinks, minute: int = 0) -> tuple[Headline, ...]:
    """The same, one by one."""
    at, page = AT + timedelta(minutes=minute), f"https://example.org/page/{minute}"
    return tuple(Headline(url, title, "sample", "ticker", at, page, code) for url, title, code in printed)


@given(links)
def test_a_ticker_is_its_headlines(printed: TickerLinks) -> None:
    ticker, headlines = ticker_of(printed), headlines_of(printed)
    assert ticker == headlines
    assert tuple(ticker) == headlines
    assert [ticker[at] for at in range(len(ticker))] == list(headlines)
    assert ticker[1:] == headlines[1:]
    assert hash(ticker) == hash(headlines)


@given(links, st.integers(0, 5))
def test_where_a_ticker_begins_makes_no_other_one(printed: TickerLinks, at: int) -> None:
    assert turned((*printed[at:], *printed[:at]))[0] == turned(printed)[0]


def test_the_links_of_pages_that_print_the_same_come_back_as_one_object() -> None:
    read = [
        extraction_of(parcel_of_extraction(Extraction(None, headlines=ticker_of((*LINKS[at:], *LINKS[:at]), at))))
        for at in range(4)
    ]
    assert [one.headlines for one in read] == [headlines_of((*LINKS[at:], *LINKS[:at]), at) for at in range(4)]
    assert len({id(one.headlines.links) for one in read if isinstance(one.headlines, Ticker)}) == 1


@given(
    st.lists(
        st.one_of(
            st.tuples(links, st.integers(0, 9)),
            st.sampled_from(["some", "all"]),
        ),
        max_size=12,
    )
)
def test_tickers_count_as_their_headlines_do(story: Sequence[tuple[TickerLinks, int] | str]) -> None:
    """Whatever tickers come in whatever order, between whatever commits: the same is written of each headline."""
    whole, single = Sightings(), Sightings()
    kept: dict[TickerLinks, TickerLinks] = {}
    written: list[dict[str, tuple[int, datetime, datetime, str]]] = [{}, {}]
    for step in [*story, "all"]:
        if isinstance(step, str):
            for sightings, rows in zip((whole, single), written, strict=True):
                write(sightings, rows, repeats=step == "all")
            continue
        printed, minute = step
        ticker = ticker_of(printed, minute)
        whole.add_ticker(replace(ticker, links=kept.setdefault(ticker.links, ticker.links)), key_of, 1)
        for headline in headlines_of(printed, minute):
            single.add(headline, key_of, 1)
    assert written[0] == written[1]


def write(sightings: Sightings, rows: dict[str, tuple[int, datetime, datetime, str]], *, repeats: bool) -> None:
    """What the database makes of sightings, without the rule for pages that are read again."""
    for seen in sightings.unwritten(repeats=repeats):
        one = seen.headline
        times, first, last, seen_on = rows.get(one.url, (0, one.seen_at, seen.last_seen, one.seen_on))
        earlier = one.seen_at < first
        rows[one.url] = (
            times + seen.times,
            min(first, one.seen_at),
            max(last, seen.last_seen),
            one.seen_on if earlier else seen_on,
        )


def test_few_tickers_are_remembered() -> None:
    sightings = Sightings()
    rows: dict[str, tuple[int, datetime, datetime, str]] = {}
    for number in range(3 * MOST_TICKERS):
        printed = ((f"https://example.org/{number}", "Titre", "fr"),)
        ticker = ticker_of(printed)
        for _ in range(2):
            sightings.add_ticker(ticker, key_of, 1)
    write(sightings, rows, repeats=True)
    assert {times for times, *_ in rows.values()} == {2}
