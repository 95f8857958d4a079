"""The report's frame: head, navigation, parts in their order, foot."""

from __future__ import annotations

from importlib.resources import files

from newscrawl.report import sections, time_sections
from newscrawl.report.markup import text
from pipelines.store.overview import Overview

__all__ = ["report"]

PARTS = (("summary", "Stored"), ("days", "Over time"), ("publishers", "Publishers"), ("coverage", "Coverage"),
         ("stories", "Stories"), ("ticker", "Ticker"), ("delay", "Delay"), ("runs", "Health"), ("noise", "Noise"),
         ("doubts", "Doubts"))  # fmt: skip


def report(overview: Overview, *, title: str, source: str, now: str, version: str) -> str:
    """The whole page. ``source``: the database's name; ``now``: when it is made, ISO-8601 in UTC.

    Nothing in it is loaded from elsewhere, which the policy in its head also forbids the browser.
    """
    totals = overview.totals()
    body = (
        sections.summary(totals),
        time_sections.over_time(overview),
        sections.publishers(overview),
        time_sections.coverage(overview),
        sections.top_stories(overview),
        time_sections.ticker(overview),
        time_sections.delay(overview),
        sections.runs(overview),
        sections.noise(overview),
        sections.doubts(overview, totals, now),
    )
    style = files("newscrawl.report").joinpath("style.css").read_text(encoding="utf-8")
    links = "".join(f'<li><a href="#{name}">{label}</a></li>' for name, label in PARTS)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="generator" content="newscrawl {text(version)}">
<link rel="icon" href="data:,">
<title>{text(title)}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
<header>
<h1>{text(title)}</h1>
<p>{text(source)}, {text(now[:16].replace("T", " "))} UTC</p>
<nav aria-label="Parts"><ul>{links}</ul></nav>
</header>
<main id="main" tabindex="-1">
{chr(10).join(body)}
</main>
<footer><p>Made by newscrawl {text(version)} from {text(source)}. Dates are the pages' own; times are UTC.</p></footer>
</body>
</html>
"""
