"""Plots as inline SVG and CSS. Shapes stretch with the page, words stay as large as the rest: readable at any width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newscrawl.report.markup import number, text

__all__ = ["bars", "columns", "legend", "spans", "strip"]

HEIGHT = 100
COLOURS = 8
"""Colours in the style sheet; whoever comes after shares the last one."""


def colour(index: int) -> str:
    """The style class of the n-th colour."""
    return f"c{min(index, COLOURS - 1)}"


def legend(names: Sequence[str]) -> str:
    """Which colour means what."""
    items = (f'<li><i class="{colour(n)}"></i>{text(name)}</li>' for n, name in enumerate(names))
    return f'<ul class="legend">{"".join(items)}</ul>'


def columns(periods: Sequence[str], series: Mapping[str, Sequence[int]], *, label: str) -> str:
    """Stacked columns, one a period; ``series`` has a count for every period."""
    totals = [sum(counts) for counts in zip(*series.values(), strict=True)]
    most = max(totals, default=0)
    if not most:
        return ""
    shapes = []
    for at, period in enumerate(periods):
        base = float(HEIGHT)
        for index, counts in enumerate(series.values()):
            tall = counts[at] / most * HEIGHT
            base -= tall
            if tall:
                shapes.append(
                    f'<rect class="{colour(index)}" x="{at + 0.06:g}" y="{base:.2f}" width=".88" height="{tall:.2f}"/>'
                )
        parts = ", ".join(f"{name} {counts[at]}" for name, counts in series.items() if counts[at])
        says = f"<title>{text(period)}: {text(parts or 0)}</title>"
        shapes.append(f'<rect class="hit" x="{at}" y="0" width="1" height="{HEIGHT}">{says}</rect>')
    ticks = [periods[0], *([periods[len(periods) // 2]] if len(periods) > 2 else []), *periods[1:][-1:]]
    return (
        f'<figure><div class="most">{number(most)}</div>'
        f'<svg class="plot" viewBox="0 0 {len(periods)} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{text(label)}">{"".join(shapes)}</svg>'
        f'<div class="ticks">{"".join(f"<span>{text(tick)}</span>" for tick in ticks)}</div>'
        f"{legend(list(series)) if len(series) > 1 else ''}</figure>"
    )


def bars(rows: Sequence[tuple[str, float]], *, label: str) -> str:
    """Horizontal bars with their names and values; ``rows`` in the order in which they are drawn."""
    most = max((value for _, value in rows), default=0)
    if not most:
        return ""
    lines = (
        f'<li><span class="name" title="{text(name)}"><bdi dir="auto">{text(name)}</bdi></span>'
        f'<span class="bar"><i class="c0" style="width:{value / most:.2%}"></i></span><b>{number(value)}</b></li>'
        for name, value in rows
    )
    return f'<ul class="bars" role="img" aria-label="{text(label)}">{"".join(lines)}</ul>'


def strip(periods: Sequence[str], rows: Mapping[str, Sequence[int]], *, label: str) -> str:
    """A line of cells a name: the darker, the more; empty where there is nothing."""
    lines = []
    for name, counts in rows.items():
        most = max(counts, default=0) or 1
        cells = "".join(
            f'<rect class="c0" x="{at}" y="0" width="1" height="1" opacity="{0.25 + 0.75 * count / most:.2f}">'
            f"<title>{text(periods[at])}: {count}</title></rect>"
            for at, count in enumerate(counts)
            if count
        )
        lines.append(
            f'<li><span class="name">{text(name)}</span><svg class="strip" viewBox="0 0 {len(periods)} 1" '
            f'preserveAspectRatio="none" aria-hidden="true">{cells}</svg></li>'
        )
    ends = (
        f'<div class="ticks"><span>{text(periods[0])}</span><span>{text(periods[-1])}</span></div>' if periods else ""
    )
    return (
        f'<div role="img" aria-label="{text(label)}"><ul class="strips">{"".join(lines)}</ul>{ends}</div>'
        if lines
        else ""
    )


def spans(rows: Sequence[tuple[str, float, float, int]], ends: tuple[str, str], *, label: str) -> str:
    """When each thing began and ended: name, beginning and end as parts (0.0 to 1.0) of the time shown, colour."""
    lines = (
        f'<li><bdi dir="auto">{text(name)}</bdi><span class="track"><i class="{colour(index)}" '
        f'style="margin-inline-start:{start:.2%};width:{max(end - start, 0.004):.2%}"></i></span></li>'
        for name, start, end, index in rows
    )
    ticks = f'<div class="ticks"><span>{text(ends[0])}</span><span>{text(ends[1])}</span></div>'
    return (
        f'<div role="img" aria-label="{text(label)}"><ul class="spans">{"".join(lines)}</ul>{ticks}</div>'
        if rows
        else ""
    )
