"""What a dataset lacks, as far as the database knows it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.coverage import Coverage

__all__ = ["gaps"]

_MOST_REASONS = 8


def gaps(cover: Coverage) -> Iterator[str]:
    """A sentence each; at least the one that says what nobody can know."""
    yield "What the aggregators did not list while they were read is not here, and nothing says how much that is."
    if cover.undated:
        yield f"Articles without a date that could be read: {cover.undated:,}. What counts by day lacks them."
    if cover.ambiguous:
        yield f"Articles in whose date day and month could be swapped (`published_ambiguous`): {cover.ambiguous:,}."
    if unknown := cover.languages.get("und", 0):
        yield f"Articles whose language is not clear (`und`): {unknown:,}."
    if nameless := cover.publishers.get(None, 0):
        yield f"Articles that do not name the paper that wrote them: {nameless:,}."
    if cover.paywalled:
        yield f"Articles behind a paywall, of which only the beginning could be read: {cover.paywalled:,}."
    if missing := _empty_months(cover):
        shown = ", ".join(missing[:12]) + (" ..." if len(missing) > 12 else "")
        yield f"Months between the first and the last without an article: {len(missing):,} ({shown})."
    if cover.refused:
        reasons = [f"{reason or 'not fetched yet'} {count:,}" for reason, count in cover.refused.items()]
        more = " ..." if len(reasons) > _MOST_REASONS else ""
        total = sum(cover.refused.values())
        listed = ", ".join(reasons[:_MOST_REASONS]) + more
        yield f"Addresses that these sites named, of all days and languages, without an article: {total:,} ({listed})."
    if odd := [run["id"] for run in cover.runs if run["state"] != "finished"]:
        yield f"Runs that were not finished: {', '.join(str(number) for number in odd[:20])}."


def _empty_months(cover: Coverage) -> list[str]:
    present = [month for month in cover.months if month]
    if len(present) < 2:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (present[0], present[-1]))
    every = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    return [month for month in every if month not in cover.months]
