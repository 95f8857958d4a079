"""Bar charts and curves as SVG: nothing but rectangles, lines and text, so no plotting library is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from newscrawl.sample.markup import text

__all__ = ["draw"]

WIDTH, ROW, LEFT, RIGHT = 760, 26, 250, 110
COLOURS = ("#2f6f8f", "#c8803a", "#7a8b4a", "#8a4f7d", "#b5524a", "#4f5d75", "#a39171", "#5b8c85", "#d0a13f", "#6c757d")


def draw(part: str, found: Mapping[str, Any]) -> dict[str, str]:
    """File name to SVG, for a part of the results."""
    if part == "race":
        return {f"speed-{kind}.svg": _race(kind, rows["rows"]) for kind, rows in found["kinds"].items()}
    if part == "stages":
        return {"speed-stages.svg": _stages(found["kinds"])}
    if part == "memory":
        return {"speed-memory.svg": _curve(found["points"])}
    return {"speed-growth.svg": _growth(found)}


def _race(kind: str, rows: Mapping[str, Any]) -> str:
    values = [(name, row["pages_per_second"]) for name, row in rows.items() if not name.endswith("after the crawl")]
    return _bars(f"pages a second, {kind} engine", values, "newscrawl")


def _growth(found: Mapping[str, Any]) -> str:
    labels = {"cpu_ms": "CPU, whole pipeline", "parent_cpu_ms": "CPU, parent alone", "wall_ms": "wall"}
    values = [
        (f"{label}, {int(size):,} stored", figures[name])
        for name, label in labels.items()
        for size, figures in found["sizes"].items()
    ]
    return _bars("milliseconds an article", values, "CPU")


def _bars(title: str, values: Sequence[tuple[str, Mapping[str, float]]], marked: str) -> str:
    """A bar for each median, a thin line from the least to the greatest."""
    scale = (WIDTH - LEFT - RIGHT) / (max(value["max"] for _, value in values) or 1)
    parts = []
    for at, (name, value) in enumerate(values):
        top = 40 + at * ROW
        colour = COLOURS[0] if name.startswith(marked) else COLOURS[9]
        parts.append(_text(LEFT - 8, top + 14, name, "end"))
        parts.append(_box(LEFT, top, value["median"] * scale, ROW - 8, colour))
        least, most = LEFT + value["min"] * scale, LEFT + value["max"] * scale
        parts.append(f'<path d="M{least:.1f} {top + 9}H{most:.1f}" stroke="#111" stroke-width="1.5"/>')
        parts.append(_text(most + 6, top + 14, f"{value['median']:,.1f}"))
    return _svg(title, 50 + len(values) * ROW, parts)


def _stages(kinds: Mapping[str, Any]) -> str:
    """One stacked bar a kind of page, and a legend."""
    names = list(dict.fromkeys(stage for kind in kinds.values() for stage in kind["ms"]))
    sums = {kind: sum(max(0.0, one["median"]) for one in found["ms"].values()) for kind, found in kinds.items()}
    scale = (WIDTH - 90 - RIGHT) / (max(sums.values()) or 1)
    parts = []
    for row, (kind, found) in enumerate(kinds.items()):
        x, top = 90.0, 40 + row * 40
        parts.append(_text(84, top + 19, kind, "end"))
        for stage, figures in found["ms"].items():
            wide = max(0.0, figures["median"]) * scale
            parts.append(_box(x, top, wide, 28, _colour(names, stage)))
            x += wide
        parts.append(_text(x + 6, top + 19, f"{sums[kind]:.1f} ms"))
    below = 40 + len(kinds) * 40 + 12
    for at, name in enumerate(names):
        x, top = 20 + at % 3 * 245, below + at // 3 * 20
        parts += [_box(x, top, 12, 12, _colour(names, name)), _text(x + 18, top + 11, name)]
    return _svg("CPU milliseconds a page by stage", below + (len(names) + 2) // 3 * 20 + 10, parts)


def _curve(points: Sequence[Mapping[str, float]]) -> str:
    """Resident memory over articles stored."""
    most_x, most_y = max(one["pages"] for one in points), max(max(one["rss_mb"] for one in points), 300) * 1.1
    across, down = WIDTH - 110, 200

    def place(pages: float, megabytes: float) -> tuple[float, float]:
        return 70 + pages / most_x * across, 40 + down - megabytes / most_y * down

    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(one["pages"], one["rss_mb"]) for one in points))
    parts = [f'<polyline points="{line}" fill="none" stroke="{COLOURS[0]}" stroke-width="2"/>']
    for megabytes in range(0, int(most_y), 100):
        y = place(0, megabytes)[1]
        parts.append(f'<path d="M70 {y:.1f}H{70 + across}" stroke="#ccc" stroke-width="0.7"/>')
        parts.append(_text(62, y + 4, f"{megabytes} MB", "end"))
    for share in (0, 0.5, 1):
        parts.append(_text(70 + share * across, 40 + down + 18, f"{share * most_x:,.0f}", "middle"))
    return _svg("memory of the crawling process over articles stored", 40 + down + 34, parts)


def _colour(names: Sequence[str], name: str) -> str:
    at = names.index(name)
    return (
        COLOURS[at % len(COLOURS)]
        if at < len(COLOURS)
        else ("#9fc5d6", "#e5bf95", "#bdc99b", "#c9a6c2", "#dda9a4", "#a9b1c2")[at % 6]
    )


def _box(x: float, y: float, wide: float, high: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high}" fill="{colour}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text(words)}</text>'


def _svg(title: str, high: int, parts: Sequence[str]) -> str:
    drawn = "\n".join(parts)
    font = 'font-family="sans-serif" font-size="12"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" {font}>
<rect width="{WIDTH}" height="{high}" fill="#fff"/>
<text x="20" y="22" font-size="14" font-weight="bold">{text(title)}</text>
{drawn}
</svg>
"""
