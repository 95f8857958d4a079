"""The report's parts about what is stored: publishers, stories, runs, removed noise, doubtful fields."""

from __future__ import annotations

from collections import defaultdict

from newscrawl.report.markup import figure, link, number, section, table, text
from newscrawl.report.plots import bars
from pipelines.store.overview import Overview, Totals
from pipelines.store.rows import Row

__all__ = ["doubts", "noise", "publishers", "runs", "summary", "top_stories"]

TOP_PUBLISHERS, PLOTTED = 100, 15
TOP_STORIES = 50
LATEST_RUNS = 30
GOOD = {"stored", "updated", "unchanged", "not-modified", "listed", "redirected"}


def summary(totals: Totals) -> str:
    """How much there is."""
    facts = (
        ("articles", number(totals.articles)),
        ("with a date", number(totals.dated)),
        ("publishers", number(totals.publishers)),
        ("sites", number(totals.sites)),
        ("headlines", number(totals.headlines)),
        ("stories of several prints", number(totals.stories)),
        ("articles in them", number(totals.prints)),
    )
    dates = (("first date", (totals.first_published or "")[:10]), ("last date", (totals.last_published or "")[:10]),
             ("last stored (UTC)", (totals.last_stored_at or "")[:16].replace("T", " ")))  # fmt: skip
    cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    cells += "".join(
        f'<div><dt>{name}</dt><dd class="small">{text(value or "none")}</dd></div>' for name, value in dates
    )
    return section(
        "summary", "What is stored", "All figures are of the moment when this page was made.", f"<dl>{cells}</dl>"
    )


def publishers(overview: Overview) -> str:
    """Who wrote how much."""
    rows = overview.publishers(TOP_PUBLISHERS)
    named = [(row["publisher"] or "not named", row["articles"]) for row in rows]
    lines = [
        [
            text(name),
            number(count),
            number(row["words"]),
            text((row["first"] or "")[:10]),
            text((row["last"] or "")[:10]),
        ]
        for (name, count), row in zip(named, rows, strict=True)
    ]
    return section(
        "publishers",
        "Publishers",
        "The papers that wrote the articles, as the pages name them.",
        figure(
            bars(named[:PLOTTED], label="Articles by publisher"),
            table(["publisher", "articles#", "words on average#", "first", "last"], lines, label="Publishers"),
        ),
    )


def top_stories(overview: Overview) -> str:
    """The texts that most papers print, and the agencies they came from."""
    found = overview.stories(TOP_STORIES)
    lines = [
        [
            link(story.canonical_url, story.title),
            number(story.articles),
            number(story.publishers),
            text((story.first_published or "undated")[:16].replace("T", " ") + ("" if story.first_certain else " ?")),
            text(story.first_publisher),
            text(story.agency),
        ]
        for story in found
    ]
    agencies = overview.agencies()
    named = [(row["agency"], row["articles"]) for row in agencies]
    tally = [[text(row["agency"]), number(row["articles"]), number(row["stories"])] for row in agencies]
    return section(
        "stories",
        "Top stories",
        "Texts that several addresses print, linked to the earliest. A ? says that another one could be as early.",
        table(["story", "prints#", "publishers#", "first", "by", "agency"], lines, label="Top stories"),
        "<h3>Agencies that articles name as their source</h3>" if agencies else "",
        figure(
            bars(named[:PLOTTED], label="Agencies"), table(["agency", "articles#", "stories#"], tally, label="Agencies")
        )
        if agencies
        else "",
    )


def runs(overview: Overview) -> str:
    """How the latest runs went: what became of the addresses."""
    by_run: dict[int, list[Row]] = defaultdict(list)
    for row in overview.runs(LATEST_RUNS):
        by_run[row["id"]].append(row)
    lines, failures = [], defaultdict[str, int](int)
    for rows in by_run.values():
        run = rows[0]
        good = sum(row["urls"] or 0 for row in rows if row["outcome"] in GOOD)
        other = [row for row in rows if row["outcome"] and row["outcome"] not in GOOD]
        for row in other:
            failures[f"{run['site'] or run['kind']}: {row['outcome']}"] += row["urls"]
        said = ", ".join(f"{row['outcome']} {row['urls']}" for row in rows if row["outcome"])
        share = good / (good + sum(row["urls"] for row in other)) if good or other else None
        lines.append(
            [
                number(run["id"]),
                text(run["site"] or run["kind"]),
                text(run["started_at"][:16].replace("T", " ")),
                text(run["state"]),
                "" if share is None else f"{share:.0%}",
                text(said),
            ]
        )
    ranked = sorted(failures.items(), key=lambda item: (-item[1], item[0]))[:PLOTTED]
    label = "Addresses that gave no article"
    return section(
        "runs",
        "Health of the sites",
        "The latest runs, and why addresses gave no article in them.",
        figure(
            bars(ranked, label=label),
            table(["run#", "site", "started", "ended as", "good#", "outcomes"], lines, label="Runs"),
        ),
    )


def noise(overview: Overview) -> str:
    """What was removed from pages, by reason."""
    rows = overview.noise()
    lines = [[text(row["reason"]), number(row["segments"]), number(row["articles"])] for row in rows]
    plot = bars([(row["reason"], row["segments"]) for row in rows], label="Removed segments by reason")
    says = "Blocks of text that stood around the articles; the view segments keeps every one."
    return section(
        "noise", "Removed noise", says, figure(plot, table(["reason", "segments#", "articles#"], lines, label=says))
    )


def doubts(overview: Overview, totals: Totals, now: str) -> str:
    """Fields that are empty, and values to look at."""
    filled = [(row["field"], row["articles"]) for row in overview.completeness()]
    whole = totals.articles or 1
    lines = [[text(name), number(count), f"{count / whole:.0%}"] for name, count in filled]
    unsure = [(row["what"], row["articles"]) for row in overview.unsure(now)]
    unsure += [(f"several values for {row['field']}", row["articles"]) for row in overview.doubts()]
    unsure = [(what, count) for what, count in unsure if count]
    marks = [[text(what), number(count)] for what, count in unsure]
    return section(
        "doubts",
        "Empty and doubtful fields",
        "How many articles have each field, and which values a person should look at; the view doubts has them.",
        figure(
            bars(filled, label="Filled fields"), table(["field", "articles#", "share#"], lines, label="Filled fields")
        ),
        "<h3>To look at</h3>",
        figure(bars(unsure, label="Doubtful values"), table(["what", "articles#"], marks, label="Doubtful values")),
    )
