"""What the figures have to reach, and whether they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["BARS", "OURS", "Verdict", "judge"]

OURS, AGAIN = "newscrawl crawl", "newscrawl reextract"
LONG_RUN, MANY = 100_000, 1_000_000
"""Articles that have to be crawled, and stored before, for the bars on memory and growth."""


@dataclass(frozen=True)
class Bar:
    """A measure, the bound that its median must keep, and where it stands in the results."""

    measure: str
    bound: float
    at_least: bool
    read: Callable[[Mapping[str, Any]], list[float]]
    """Of several figures the worst counts."""
    unit: str = ""


@dataclass(frozen=True)
class Verdict:
    """A bar, what was measured, and whether it is met; ``value`` is None for what was not measured."""

    bar: Bar
    value: float | None

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.bar.bound if self.bar.at_least else self.value <= self.bar.bound


def _rate(kind: str, row: str) -> Callable[[Mapping[str, Any]], list[float]]:
    return lambda found: [found["race"]["kinds"][kind]["rows"][row]["pages_per_second"]["median"]]


def _ratio(*peers: str) -> Callable[[Mapping[str, Any]], list[float]]:
    def read(found: Mapping[str, Any]) -> list[float]:
        kinds = found["race"]["kinds"].values()
        return [kind["ratios"][peer]["pages_per_second"]["median"] for kind in kinds for peer in peers]

    return read


def _parent(found: Mapping[str, Any]) -> list[float]:
    return [kind["rows"][OURS]["own_cpu_ms"]["median"] for kind in found["race"]["kinds"].values()]


def _memory(name: str) -> Callable[[Mapping[str, Any]], list[float]]:
    """A shorter run says nothing: caches fill at first."""
    return lambda found: [found["memory"][name]] if found["memory"]["pages"] >= LONG_RUN else []


def _growth(found: Mapping[str, Any]) -> list[float]:
    if max(map(int, found["growth"]["sizes"])) < MANY:
        return []
    return [found["growth"]["ratios"][name]["median"] for name in ("cpu_ms", "parent_cpu_ms")]


BARS = (
    Bar("pages of a known engine, end to end", 180, True, _rate("known", OURS), "pages/s"),
    Bar("pages of unknown layout, end to end", 120, True, _rate("unknown", OURS), "pages/s"),
    Bar("ratio to trafilatura's CLI with two processes", 1.4, True, _ratio("trafilatura CLI"), "times"),
    Bar("ratio to news-please and newspaper4k's command", 10, True, _ratio("news-please", "newspaper4k CLI"), "times"),
    Bar("re-extraction, known engine", 200, True, _rate("known", AGAIN), "pages/s"),
    Bar("re-extraction, unknown layout", 130, True, _rate("unknown", AGAIN), "pages/s"),
    Bar("the parent's CPU a page", 3.0, False, _parent, "ms"),
    Bar("memory of the parent, at most", 300, False, _memory("peak_mb"), "MB"),
    Bar("its growth over 100,000 pages", 20, False, _memory("growth_mb_a_100_000_pages"), "MB"),
    Bar("CPU of an article among 1,000,000 against 1,000", 2.0, False, _growth, "times"),
)
"""For pages end to end the whole command counts, from its start to its summary."""


def judge(found: Mapping[str, Any]) -> list[Verdict]:
    """A verdict for every bar; the figures are what :mod:`benchmarks.speed` writes with ``--json``."""
    verdicts = []
    for bar in BARS:
        try:
            values = bar.read(found)
        except KeyError:
            values = []
        worst = min if bar.at_least else max
        verdicts.append(Verdict(bar, worst(values) if values else None))
    return verdicts
