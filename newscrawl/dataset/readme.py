"""README.md of a bundle: one page for whoever opens it a year later."""

from __future__ import annotations

import json
from collections.abc import Mapping

from newscrawl.dataset.facts import Facts
from newscrawl.dataset.gaps import gaps

__all__ = ["text"]

_MOST_LINES = 12
"""Of a table: newscrawl.json has all."""
_RIGHTS = {
    "full": "the whole text, where page and robots.txt allow it",
    "snippet": "the beginning of the text, 280 characters at most",
    "metadata": "no text: titles, dates, publishers and addresses",
}

_PAGE = """# {title}

{rows} articles from {sites}, published {span}, as the database stood at {as_of}.

| file | format | articles | bytes |
|---|---|---|---|
{files}

`dictionary.csv` says what each column means and how many articles have a value. `newscrawl.json` has the query, the
runs, the versions and all counts; `datapackage.json` (Frictionless) and `croissant.json` describe the files to
programs.
{datasette}
`newscrawl dataset --verify .` or `sha256sum -c SHA256SUMS` says whether every byte is as it was.

## How it was collected

newscrawl {version} read feeds, listings and tickers of news aggregators, which republish other papers' articles, and
fetched the articles they named, obeying robots.txt and, unless told otherwise, one request a second for each host. It
kept the text without menus, tickers and related links, detected the language of title and body, and read the date as it
was written. `publisher` is the paper that wrote an article, `site` the aggregator that it was found on. One row is one
address: where several papers print the same dispatch, each is a row.

* Query: {query}
* Rules: {rules}
* Runs: {runs}

A date is as precise as it was written: `published_at` may be a day or a month, and what could not be read is empty,
with the text in `published_raw`. `published_day` is the day as it was written, `published_at` is UTC.

In CSV, a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab, or blanks before
one of them) has an apostrophe in front. To have it back as it was, take away the first apostrophe where apostrophes and
then such a character begin a text. Open CSV as UTF-8, separated by commas, quoted fields as text.

## What it covers

{coverage}

## What is missing

{gaps}

## Rights

The texts belong to their publishers; this bundle gives no licence to them. Asked for was {rights}; texts kept:
{kept}. A page behind a paywall gives its beginning at the most, one that asks robots not to keep copies likewise, one
closed by robots.txt or reserved from text mining none; `text_kept` and `text_reason` say so for each article.

## How to cite

> {title}. {rows} articles, collected with newscrawl {version}, as of {as_of}. SHA-256 of the data: {identity}
"""
_DATASETTE = """
`datasette data/articles.db -m metadata.yaml` shows it in a browser; from Datasette 1.0 on add `-c datasette.yaml`.
"""


def text(facts: Facts) -> str:
    """The page."""
    cover = facts.coverage
    has_database = any(file.form == "sqlite" for file in facts.files)
    return _PAGE.format(
        title=facts.title,
        version=facts.version,
        identity=facts.identity,
        rows=f"{facts.rows:,}",
        sites=", ".join(site or "single addresses" for site in cover.sites),
        span=f"from {cover.first[:10]} to {(cover.last or cover.first)[:10]}" if cover.first else "on unknown days",
        as_of=cover.as_of,
        files="\n".join(f"| `{file.path}` | {file.form} | {file.rows:,} | {file.bytes:,} |" for file in facts.files),
        datasette=_DATASETTE if has_database else "",
        rules=", ".join(f"version {name} ({count:,})" for name, count in cover.extractor_versions.items()),
        query=f"`{json.dumps(facts.query, ensure_ascii=False)}`" if facts.query else "all articles",
        runs=_runs(facts),
        coverage="\n\n".join(
            _table(name, tally)
            for name, tally in (
                ("language", cover.languages),
                ("publisher", dict(sorted(cover.publishers.items(), key=lambda pair: (-pair[1], pair[0] or "")))),
                ("year", _years(cover.months)),
            )
        ),
        gaps="\n".join(f"* {sentence}" for sentence in gaps(cover)),
        rights=_RIGHTS[facts.rights],
        kept=", ".join(f"{word} {facts.kept.get(word, 0):,}" for word in ("full", "snippet", "none"))
        + "".join(f"; because of {word} {facts.kept[word]:,}" for word in ("paywall", "robots") if word in facts.kept),
    )


def _runs(facts: Facts) -> str:
    runs = facts.coverage.runs
    if not runs:
        return "none known"
    first, last = runs[0], runs[-1]
    return f"{len(runs)}, from {first['id']} ({first['started_at']}) to {last['id']} ({last['started_at']})"


def _years(months: Mapping[str | None, int]) -> dict[str | None, int]:
    years: dict[str | None, int] = {}
    for month, count in months.items():
        year = month[:4] if month else None
        years[year] = years.get(year, 0) + count
    return years


def _table(name: str, tally: Mapping[str | None, int]) -> str:
    lines = [(str(value if value is not None else "(unknown)").replace("|", "\\|"), n) for value, n in tally.items()]
    shown, rest = lines[:_MOST_LINES], lines[_MOST_LINES:]
    if rest:
        shown.append((f"({len(rest)} more)", sum(count for _, count in rest)))
    return f"| {name} | articles |\n|---|---|\n" + "\n".join(f"| {value} | {count:,} |" for value, count in shown)
