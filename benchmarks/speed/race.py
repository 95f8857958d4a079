"""Ours and the peers on the same pages, in rounds: in each round everyone runs once on each kind of site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.speed.contestants import CONTESTANTS, LATER, PEERS, Setting
from benchmarks.speed.measuring import spread, voice
from benchmarks.speed.sites import served

__all__ = ["race"]

OURS = "newscrawl crawl"


def race(
    setting: Setting, *, pages: int, rounds: int, kinds: Sequence[str], contestants: Sequence[str], sites: Path
) -> dict[str, Any]:
    """Medians with least and greatest of pages a second and CPU milliseconds a page, and of ratios within a round."""
    found: dict[str, dict[str, list[dict[str, float]]]] = {kind: defaultdict(list) for kind in kinds}
    with ExitStack() as stack:
        served_sites = [stack.enter_context(served(kind, sites / f"{kind}-{pages}", pages)) for kind in kinds]
        for number in range(rounds):
            turn = number % len(contestants)
            for name in (*contestants[turn:], *contestants[:turn]):
                for site in served_sites:
                    for label, result in CONTESTANTS[name](site, setting).items():
                        figures = result.figures()
                        found[site.kind][label].append({"round": number, **figures})
                        rate, cpu, own = (figures[one] for one in ("pages_per_second", "cpu_ms", "own_cpu_ms"))
                        voice(
                            f"round {number + 1}, {site.kind}: {label}: {rate:.1f} pages/s, "
                            f"{cpu:.1f} ms CPU a page, {own:.1f} of them the parent's"
                        )
    return {"pages": pages, "rounds": rounds, "kinds": {kind: _summary(found[kind]) for kind in kinds}}


def _summary(found: dict[str, list[dict[str, float]]]) -> dict[str, Any]:
    measured = ("pages_per_second", "cpu_ms", "own_cpu_ms", "children_cpu_ms", "peak_mb", "pages")
    rows = {label: {name: spread([run[name] for run in runs]) for name in measured} for label, runs in found.items()}
    found_ratios = {own: _ratios(found[own], found) for own in (OURS, LATER) if own in found}
    ratios, later = found_ratios.get(OURS, {}), found_ratios.get(LATER, {})
    return {"rows": rows, "ratios": ratios, "later_ratios": later, "runs": found}


def _ratios(own: Sequence[Mapping[str, float]], found: Mapping[str, Sequence[Mapping[str, float]]]) -> dict[str, Any]:
    return {
        peer: {
            name: spread([one[name] / other[name] for one, other in zip(own, found[peer], strict=True)])
            for name in ("pages_per_second", "cpu_ms")
        }
        for peer in PEERS
        if peer in found
    }
