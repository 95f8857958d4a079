"""Whether a database holds what the sample aggregator's pages say: the demo's own check, and the tests'."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from newscrawl.sample.expected import ExpectedArticle, expected_articles, expected_outcomes, noise_lines, redirects
from pipelines.store import Store

__all__ = ["differences"]


def differences(store: Store, base_url: str) -> list[str]:
    """One sentence for every article that is missing, stored twice or wrong, and every address without its outcome.

    ``base_url`` is where the aggregator was served: outcomes belong to addresses as they were asked for.
    """
    stored: dict[str, list[dict[str, Any]]] = {}
    for row in store.articles(sites=("sample",)):
        stored.setdefault(row["canonical_url"], []).append(row)
    found = [*_articles(stored), *_noise(stored)]
    for path, word in expected_outcomes().items():
        found += _outcome(store, base_url + path, word)
    for path in redirects():
        found += _outcome(store, base_url + path, "redirected")
    return found


def _articles(stored: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    expected = {article.canonical_url: article for article in expected_articles()}
    for url in expected.keys() - stored.keys():
        yield f"{url} is not stored."
    for url, rows in stored.items():
        if url not in expected:
            yield f"{url} is stored and is no article to keep."
        elif len(rows) != 1:
            yield f"{url} is stored {len(rows)} times."
        else:
            yield from _fields(rows[0], expected[url])


def _fields(row: dict[str, Any], article: ExpectedArticle) -> Iterator[str]:
    wanted = {
        "title": article.title,
        "language": article.language,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published_at": article.published_day.isoformat() if article.published_day else None,
        "source_url": article.source_url,
        "body": article.body,
    }
    for name, value in wanted.items():
        if (row[name] or None) != (value or None):
            is_, says = _first_difference(row[name], value)
            yield f"{article.canonical_url}: {name} is {is_!r}, and the page says {says!r}."


def _first_difference(found: Any, expected: Any) -> tuple[Any, Any]:
    """Of two long texts the first paragraphs that are not the same."""
    if not isinstance(found, str) or not isinstance(expected, str):
        return found, expected
    pairs = zip_longest(found.split("\n\n"), expected.split("\n\n"), fillvalue="")
    return next(((one, other) for one, other in pairs if one != other), (found, expected))


def _noise(stored: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    own = {article.canonical_url: set(article.paragraphs) for article in expected_articles()}
    for url, rows in stored.items():
        lines = {line.strip() for row in rows for line in row["body"].splitlines()} - own.get(url, set())
        for noise in lines.intersection(noise_lines()):
            yield f"{url} has a line in its body that belongs to the page around it: {noise!r}."


def _outcome(store: Store, url: str, word: str | None) -> Iterator[str]:
    outcomes = store.explain(url).outcomes
    if not outcomes:
        yield f"{url} has no outcome."
    elif word is not None and outcomes[-1]["outcome"] != word and not _stored(outcomes[-1]["outcome"], word):
        yield f"{url} ended as {outcomes[-1]['outcome']}, not as {word}."


def _stored(outcome: str, word: str) -> bool:
    """A second crawl finds what the first one stored."""
    return word == "stored" and outcome in {"updated", "unchanged"}
