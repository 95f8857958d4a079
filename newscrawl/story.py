"""The whole story of an address, as lines that a person reads from top to bottom."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.store.reading import Explanation

__all__ = ["due", "tell"]

LONGEST_VALUE = 200
"""Characters of a value that are shown; --json has all of it."""

_STATES = {
    "found": "heard of, not fetched yet",
    "done": "settled",
    "failed": "failed, to be tried again",
    "leased": "being fetched",
}


def tell(story: Explanation) -> Iterator[str]:
    """The lines, without line ends. :raises ValueError: when the address was never heard of."""
    if story.url is None:
        raise ValueError(f"{story.url_key} was never heard of.")
    yield from _address(story.url)
    for alias in story.aliases:
        yield f"  also {alias['url']}"
    yield from _found(story)
    yield from _asked(story)
    if story.article is not None:
        yield from _article(story, story.article)
    yield from _changes(story)
    yield ""
    yield f"Due again: {due(story.url)}"


def due(url: dict[str, Any]) -> str:
    """When the address is fetched again, as one sentence."""
    if moment := url.get("next_due"):
        return f"{moment}, by the first crawl after that."
    if url["kind"] != "article":
        return "with the next crawl."
    if url["state"] == "done":
        return "not by itself: what is settled is fetched again with --refetch or `newscrawl ingest`."
    return f"with the next crawl of {url['site'] or 'its site'}."


def _address(url: dict[str, Any]) -> Iterator[str]:
    yield url["url"]
    yield f"  {url['kind']} of {url['site'] or 'no site'}; {_STATES.get(url['state'], url['state'])}"
    yield f"  first seen {url['first_seen']}, last seen {url['last_seen']}"


def _found(story: Explanation) -> Iterator[str]:
    yield from _heading("Discovered", len(story.headlines))
    for one in story.headlines:
        times = f", {one['times_seen']} times until {one['last_seen']}" if one["times_seen"] > 1 else ""
        yield f"  {one['first_seen']}  {one['seen_in']} of {one['aggregator']}{times}"
        yield f"      {_short(one['title'])}"
        if one["seen_on"]:
            yield f"      on {one['seen_on']}"
        facts = [one["language"], one["publisher"], one["published_raw"]]
        if any(facts):
            yield f"      {' · '.join(_short(fact) for fact in facts if fact)}"


def _asked(story: Explanation) -> Iterator[str]:
    yield from _heading("Fetched", len(story.fetches))
    for one in story.fetches:
        yield f"  {one['fetched_at']}  HTTP {one['status']}, {one['bytes']} bytes, run {one['run_id']}"
        if one["url_key"] != story.url_key:
            yield f"      asked as {one['url']}"
        if one["final_url"] != one["url"]:
            yield f"      answered by {one['final_url']}"
        if one["page_hash"]:
            yield f"      page {one['page_hash']}"
    yield from _heading("Outcomes", len(story.outcomes))
    for one in story.outcomes:
        detail = f": {one['detail']}" if one["detail"] else ""
        yield f"  {one['at']}  run {one['run_id']}  {one['outcome']}{detail}"


def _article(story: Explanation, article: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield f"Article: {article['title']}"
    if article["url_key"] != story.url_key:
        yield f"  kept under its own address {article['canonical_url']}"
    date = f"published {article['published_at']}" if article["published_at"] else "without a date"
    yield f"  {article['language']}, {article['word_count']} words, {date}"
    yield f"  read from page {article['page_hash']}"
    yield "  where its fields come from (* is the value that was chosen):"
    for one in story.candidates:
        yield f"    {'*' if one['chosen'] else ' '} {one['field']:14} {one['origin']:12} {_short(one['value'])}"
    yield from _heading("Removed from its page", len(story.segments))
    for reason, number in sorted(Counter(one["reason"] for one in story.segments).items()):
        texts = [one["text"] for one in story.segments if one["reason"] == reason]
        yield f"  {reason}, {number}: {_short(' | '.join(texts))}"


def _changes(story: Explanation) -> Iterator[str]:
    yield from _heading("Revisions", len(story.revisions))
    for one in story.revisions:
        yield f"  {one['at']}  {one['kind']} by run {one['run_id']}, rules {one['extractor_version']}"
        if one["kind"] == "stored":  # there was nothing before
            continue
        for field, (old, new) in sorted(one["changes"].items()):
            yield from (f"      {field}: {_short(old)}", f"      {' ' * len(field)}→ {_short(new)}")


def _heading(text: str, number: int) -> Iterator[str]:
    yield ""
    yield f"{text}: {number or 'never' if text == 'Fetched' else number or 'none'}"


def _short(value: object) -> str:
    text = " ".join(str("nothing" if value is None else value).split())
    return textwrap.shorten(text, LONGEST_VALUE, placeholder=" …") if " " in text else text[:LONGEST_VALUE]
