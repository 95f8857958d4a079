"""The results as Markdown tables, part by part: what a run prints, and what stands in docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.speed.bars import OURS, Verdict
from benchmarks.speed.contestants import LATER

__all__ = ["table_of", "verdicts"]


def table_of(part: str, found: Mapping[str, Any]) -> str:
    """The tables of a part of the results, with the machine that it was measured on."""
    tables = {"race": _race, "stages": _stages, "growth": _growth, "memory": _memory}
    return f"{tables[part](found)}\n\n{_machine(found['machine'])}"


def verdicts(found: Iterable[Verdict]) -> str:
    """A line for each bar; what was not measured says so."""
    words = {True: "met", False: "**not met**", None: "not measured"}
    rows = [
        (
            each.bar.measure,
            f"{'at least' if each.bar.at_least else 'at most'} {each.bar.bound:g} {each.bar.unit}",
            "-" if each.value is None else f"{each.value:,.2f}",
            words[each.met],
        )
        for each in found
    ]
    return _table(("measure", "bar", "measured", ""), rows)


def _race(found: Mapping[str, Any]) -> str:
    parts = [f"{found['pages']:,} pages of each kind; medians of {found['rounds']} rounds (least to greatest)."]
    for kind, results in found["kinds"].items():
        rows = [
            (
                label,
                f"{row['pages']['median']:,.0f}",
                _spread(row["pages_per_second"]),
                _spread(row["cpu_ms"]),
                _spread(row["own_cpu_ms"]) if row["own_cpu_ms"]["max"] else "-",
                _spread(row["children_cpu_ms"]),
                f"{row['peak_mb']['max']:.0f}" if row["peak_mb"]["max"] else "-",
            )
            for label, row in results["rows"].items()
        ]
        heads = ("", "pages", "pages/s", "CPU ms a page", "of it the parent's", "the children's", "largest process, MB")
        parts.append(
            f"**Pages of {'a known engine' if kind == 'known' else 'unknown layout'}**\n\n{_table(heads, rows)}"
        )
        for own, key in ((OURS, "ratios"), (LATER, "later_ratios")):
            ratios = [
                (peer, _spread(one["pages_per_second"], 2), _spread(one["cpu_ms"], 2))
                for peer, one in results.get(key, {}).items()
            ]
            parts += [_table((f"{own} against", "pages/s", "CPU a page"), ratios)] if ratios else []
    return "\n\n".join(parts)


def _stages(found: Mapping[str, Any]) -> str:
    kinds = found["kinds"]
    names = dict.fromkeys(stage for kind in kinds.values() for stage in kind["ms"])
    none = {"median": 0.0, "min": 0.0, "max": 0.0}
    rows = [(name, *(_spread(kind["ms"].get(name, none), 2) for kind in kinds.values())) for name in names]
    rows.append(("*together*", *(f"{sum(v['median'] for v in kind['ms'].values()):.2f}" for kind in kinds.values())))
    rows.append(("*Scrapy alone, empty callback*", *(_spread(kind["fetch_only_ms"], 2) for kind in kinds.values())))
    missing = sorted({place for kind in kinds.values() for place in kind["missing"]})
    note = f"\n\nNot timed, since this version has no such step: {', '.join(missing)}." if missing else ""
    return f"{found['pages']} pages of each kind.\n\n{_table(('CPU ms a page', *kinds), rows)}{note}"


def _growth(found: Mapping[str, Any]) -> str:
    labels = {"cpu_ms": "CPU, extraction included", "parent_cpu_ms": "CPU, extraction excluded (the parent's)",
              "wall_ms": "wall, two workers"}  # fmt: skip
    rows = [
        (label, *(_spread(one[name]) for one in found["sizes"].values()), _spread(found["ratios"][name], 2))
        for name, label in labels.items()
    ]
    heads = ("ms an article", *(f"{int(size):,} stored" for size in found["sizes"]), "ratio")
    sizes = ", ".join(f"{int(size):,} articles {mb:,.0f} MB" for size, mb in found["megabytes"].items())
    return f"{found['new_pages']} new pages a round, the command's start included; {sizes}.\n\n{_table(heads, rows)}"


def _memory(found: Mapping[str, Any]) -> str:
    rows = [(f"{point['pages']:,.0f}", f"{point['rss_mb']:.0f}") for point in found["points"]]
    summary = (
        f"{found['pages']:,} articles crawled. At most {found['peak_mb']:.0f} MB; over the second half it grows by "
        f"{found['growth_mb_a_100_000_pages']:.1f} MB for 100,000 pages. {found['pages_per_second']:.0f} pages/s, "
        f"{found['parent_cpu_ms']:.1f} ms of the parent's CPU a page."
    )
    return f"{summary}\n\n{_table(('articles stored', 'resident MB'), rows)}"


def _machine(facts: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in facts["versions"].items())
    peers = ", ".join(f"{name} {number}" for name, number in facts["peers"].items())
    beside = f" Peers' environment: {peers}." if peers else ""
    busy = "**The machine was busy with other things: measure again.** " if facts["load"] > facts["cores"] / 4 else ""
    return (
        f"{busy}*{facts['day']}, {facts['cpu']}, {facts['cores']} cores, {facts['memory_gb']} GB, {facts['system']}, "
        f"Python {facts['python']}, SQLite {facts['sqlite']}, {versions}.{beside} "
        f"Load of the machine when it began: {facts['load']:.1f}.*"
    )


def _spread(value: Mapping[str, float], digits: int = 1) -> str:
    if value["min"] == value["max"]:
        return f"{value['median']:,.{digits}f}"
    return f"{value['median']:,.{digits}f} ({value['min']:,.{digits}f} to {value['max']:,.{digits}f})"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]
    return "\n".join(lines)
