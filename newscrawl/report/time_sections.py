"""The report's parts about time: articles per day, coverage and gaps, delay, the ticker."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from newscrawl.report.markup import figure, link, number, section, table, text
from newscrawl.report.periods import Periods, longest_gap
from newscrawl.report.plots import bars, columns, legend, spans, strip
from pipelines.store.overview import Overview
from pipelines.store.rows import Row

__all__ = ["coverage", "delay", "over_time", "ticker"]

MOST_SERIES = 8
TICKER_PLOT, TICKER_TABLE = 30, 200
HOURS = ((0, "dated later than fetched"), (1, "under 1 hour"), (6, "1 to 6 hours"), (24, "6 to 24 hours"),
         (72, "1 to 3 days"), (168, "3 to 7 days"), (720, "7 to 30 days"), (10**9, "30 days and more"))  # fmt: skip
DAYS = ((0, "dated later than fetched"), (1, "the same day"), (2, "1 day"), (4, "2 to 3 days"), (8, "4 to 7 days"),
        (31, "8 to 30 days"), (10**9, "more than 30 days"))  # fmt: skip


def over_time(overview: Overview) -> str:
    """Articles per day (or month, or year) by language."""
    rows = overview.days()
    periods = Periods.of([(row["day"], row["articles"]) for row in _by_day(rows)])
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if (at := periods.index(row["day"])) is not None:
            counts[row["language"]][at] += row["articles"]
    ranked = sorted(counts, key=lambda name: (-counts[name].total(), name))[:MOST_SERIES]
    series = {name: [counts[name][at] for at in range(len(periods.names))] for name in ranked}
    outside = [f"{n:,} {where}" for n, where in ((periods.before, "before"), (periods.after, "after")) if n]
    says = f"By the {periods.unit} on which they were published; dates known to the month alone are left out."
    lines = [
        [text(name), *(number(values[at]) for values in series.values())]
        for at, name in reversed(list(enumerate(periods.names)))
        if any(values[at] for values in series.values())
    ]
    label = f"Articles per {periods.unit} by language"
    return section(
        "days",
        "Articles over time",
        says + (f" Not shown: {' and '.join(outside)} these." if outside else ""),
        figure(
            columns(periods.names, series, label=label) if series else "",
            table([periods.unit, *(f"{name}#" for name in ranked)], lines, label=label),
        ),
    )


def coverage(overview: Overview) -> str:
    """Per site: on which days there are articles, and the longest time without."""
    rows = overview.site_days()
    periods = Periods.of([(row["day"], row["articles"]) for row in _by_day(rows)])
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    days: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        days[row["site"]].append(row["day"])
        if (at := periods.index(row["day"])) is not None:
            counts[row["site"]][at] += row["articles"]
    lines, named = [], {}
    for site, seen in sorted(days.items()):
        gap, before, after = longest_gap(seen)
        between = f"{before} to {after}" if gap else ""
        name = site or "single addresses"
        named[name] = [counts[site][at] for at in range(len(periods.names))]
        lines.append([text(name), text(seen[0]), text(seen[-1]), number(len(seen)), number(gap), text(between)])
    label = "Coverage of each site"
    return section(
        "coverage",
        "Coverage and gaps",
        "When each site's articles were published. A gap may be the site's or ours: compare with its runs.",
        figure(
            strip(periods.names, named, label=label) if periods.names else "",
            table(["site", "first", "last", "days with#", "longest gap#", "between"], lines, label=label),
        ),
    )


def delay(overview: Overview) -> str:
    """How long after its publication an article was stored."""
    timed = _buckets([(row["hours"], row["articles"]) for row in overview.delays() if row["hours"] is not None], HOURS)
    daily = _buckets([(row["days"], row["articles"]) for row in overview.day_delays() if row["days"] is not None], DAYS)
    precision = [(row["precision"], row["articles"]) for row in overview.precisions()]
    parts = []
    for title, rows in (("Dates with a time", timed), ("Dates without one", daily), ("How exact dates are", precision)):
        if rows:
            lines = [[text(name), number(count)] for name, count in rows]
            parts += [
                f"<h3>{title}</h3>",
                figure(bars(rows, label=title), table(["", "articles#"], lines, label=title)),
            ]
    says = "From the date that a page gives to when it was fetched first. Archives that are read later come late."
    return section("delay", "Publication delay", says, *(parts or [table([], [], label="")]))


def ticker(overview: Overview) -> str:
    """What ran through the tickers, how long, in which language."""
    rows, languages = overview.ticker(TICKER_TABLE), overview.ticker_languages()
    colours = {row["language"]: place for place, row in enumerate(languages)}
    lines = [
        [
            link(row["url"], row["title"]),
            text(row["language"]),
            text(_minute(row["first_seen"])),
            text(_minute(row["last_seen"])),
            f"{row['hours']:.1f}",
            number(row["times_seen"]),
        ]
        for row in rows
    ]
    tally = [[text(r["language"]), number(r["headlines"]), f"{r['hours']:.1f}"] for r in languages]
    label = "Headlines in the ticker"
    return section(
        "ticker",
        "The ticker through time",
        f"The {number(len(rows))} headlines seen last, from the first page that showed each to the last one; drawn are "
        f"the last {number(len(rows[:TICKER_PLOT]))}."
        if rows
        else "Headlines that run across a site's pages.",
        figure(
            _ticker_plot(rows[:TICKER_PLOT], colours) + (legend(list(colours)) if rows else ""),
            table(["language", "headlines#", "hours on average#"], tally, label="Ticker by language"),
        ),
        f"<h3>{label}</h3>" if rows else "",
        table(["headline", "language", "first seen", "last seen", "hours#", "pages#"], lines, label=label)
        if rows
        else "",
    )


def _ticker_plot(rows: Sequence[Row], colours: dict[str, int]) -> str:
    if not rows:
        return ""
    times = [(_moment(row["first_seen"]), _moment(row["last_seen"])) for row in rows]
    start, end = min(first for first, _ in times), max(last for _, last in times)
    whole = (end - start) or 1.0
    drawn = [
        (row["title"], (first - start) / whole, (last - start) / whole, colours[row["language"] or "und"])
        for row, (first, last) in zip(rows, times, strict=True)
    ]
    ends = (_minute(min(row["first_seen"] for row in rows)), _minute(max(row["last_seen"] for row in rows)))
    return spans(drawn, ends, label="When each headline was in the ticker")


def _by_day(rows: Sequence[Row]) -> list[Row]:
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["day"]] += row["articles"]
    return [{"day": day, "articles": totals[day]} for day in sorted(totals)]


def _buckets(counted: Sequence[tuple[int, int]], limits: Sequence[tuple[int, str]]) -> list[tuple[str, float]]:
    found = Counter(dict.fromkeys(chain(name for _, name in limits), 0))
    for value, articles in counted:
        found[next(name for below, name in limits if value < below)] += articles
    return list(found.items()) if counted else []


def _moment(iso: str) -> float:
    return datetime.fromisoformat(iso).timestamp()


def _minute(iso: str) -> str:
    return iso[:16].replace("T", " ")
