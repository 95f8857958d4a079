"""``python -m benchmarks.speed``: pages a second and CPU a page, ours and the peers', on the same pages in one run.

Parts (``--only``, may repeat): ``race`` (end to end, re-extraction, peers), ``stages`` (CPU a page by step), ``growth``
(an article among 1,000 and among 1,000,000), ``memory`` (the parent over 100,000 pages). All but ``memory`` without it.
The results are added to a JSON file, part by part, with the machine that they were measured on; ``--write FILE`` puts
them into a document, ``--check`` exits with 1 when one of the bars of :mod:`benchmarks.speed.bars` is not met. With
``--again`` nothing is measured, and the file's results are printed, written and checked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.speed.bars import judge
from benchmarks.speed.contestants import CONTESTANTS, WORKERS, Setting
from benchmarks.speed.document import write
from benchmarks.speed.generate import KINDS
from benchmarks.speed.growth import growth
from benchmarks.speed.machine import machine
from benchmarks.speed.measuring import FailedError, voice
from benchmarks.speed.memory import memory
from benchmarks.speed.race import race
from benchmarks.speed.stages import stages
from benchmarks.speed.tables import table_of, verdicts

PARTS = ("race", "stages", "growth", "memory")


def main() -> int:
    """Measure, print, keep; the exit code."""
    chosen = _options().parse_args()
    found: dict[str, Any] = json.loads(chosen.json.read_text()) if chosen.json.exists() else {}
    measured = [] if chosen.again else (chosen.only or PARTS[:3])
    chosen.folder.mkdir(parents=True, exist_ok=True)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    try:
        for part in measured:
            voice(f"{part} begins")
            facts = machine(chosen.peers)
            found[part] = {"machine": facts, **_measure(part, chosen)}
            chosen.json.write_text(json.dumps(found, indent=1))
    except FailedError as error:
        print(f"benchmarks.speed: {error}", file=sys.stderr)
        return 2
    for part in [one for one in PARTS if one in found]:
        print(f"## {part}\n\n{table_of(part, found[part])}\n")
    judged = judge(found)
    print(verdicts(judged))
    if chosen.write:
        write(chosen.write, found)
    return int(chosen.check and any(verdict.met is not True for verdict in judged if verdict.value is not None))


def _measure(part: str, chosen: argparse.Namespace) -> dict[str, Any]:
    scratch = chosen.folder / "scratch"
    scratch.mkdir(exist_ok=True)
    measures: dict[str, Callable[[], dict[str, Any]]] = {
        "race": lambda: race(
            Setting(scratch, chosen.peers, chosen.peer_pages),
            pages=chosen.pages, rounds=chosen.rounds, kinds=chosen.kind or sorted(KINDS),
            contestants=chosen.contestant or tuple(CONTESTANTS), sites=chosen.folder,
        ),
        "stages": lambda: stages(
            scratch, chosen.folder, chosen.stage_pages, chosen.rounds, chosen.kind or sorted(KINDS)
        ),
        "growth": lambda: growth(chosen.folder, chosen.stored, chosen.new_pages, chosen.rounds, WORKERS),
        "memory": lambda: memory(scratch, chosen.memory_pages, WORKERS),
    }  # fmt: skip
    return measures[part]()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--pages", type=int, default=5_000, help="of each kind of site in the race (5000)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", action="append", choices=sorted(KINDS), help="pages of this kind alone; may repeat")
    parser.add_argument("--contestant", action="append", choices=sorted(CONTESTANTS), help="may repeat")
    parser.add_argument("--peers", type=Path, metavar="PYTHON", help="of an environment with news-please, newspaper4k")
    parser.add_argument("--peer-pages", type=int, default=300, help="that these two do in a round (300)")
    parser.add_argument("--stage-pages", type=int, default=600)
    parser.add_argument("--stored", type=int, nargs="+", default=[1_000, 1_000_000], help="articles stored before")
    parser.add_argument("--new-pages", type=int, default=2_000, help="crawled into each of these in a round (2000)")
    parser.add_argument("--memory-pages", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("data/speed").absolute(), help="for pages and databases")
    parser.add_argument("--json", type=Path, default=Path("data/speed/results.json"))
    parser.add_argument("--again", action="store_true", help="measure nothing, use the file")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put tables and plots into this document")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bar is not met")
    return parser


if __name__ == "__main__":
    sys.exit(main())
