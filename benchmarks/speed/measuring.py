"""What a command costs: wall time, processor time of its own process and of its children, memory."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

__all__ = ["FailedError", "Spent", "run", "spent_by", "voice"]

TICK = os.sysconf("SC_CLK_TCK")


class FailedError(Exception):
    """A command ended otherwise than it should."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds. Children count with theirs."""

    wall: float
    own_cpu: float
    children_cpu: float

    @property
    def cpu(self) -> float:
        return self.own_cpu + self.children_cpu

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.own_cpu - other.own_cpu, self.children_cpu - other.children_cpu)


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that was run to its end."""

    spent: Spent
    at_mark: Spent | None
    """What was spent when a line matched ``mark``."""
    marked: re.Match[str] | None
    lines: list[str]
    peak_mb: float
    """Of its largest process."""


def spent_by(pid: int, began: float) -> Spent:
    """What a process and all that it started have spent so far, also one that has ended and was not waited for."""
    own, of_children = _ticks(pid)
    running = sum(sum(_ticks(child)) for child in _descendants(pid))
    return Spent(time.perf_counter() - began, own / TICK, (of_children + running) / TICK)


def _ticks(pid: int) -> tuple[int, int]:
    """A process's own processor time, and that of children it has waited for (proc(5), ``stat``); 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    user, system, of_children, system_of_children = map(int, fields[11:15])
    return user + system, of_children + system_of_children


def _children(pid: int) -> list[int]:
    lists: list[str] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            lists += path.read_text().split()
    return list(map(int, lists))


def _descendants(pid: int) -> list[int]:
    return [one for child in _children(pid) for one in (child, *_descendants(child))]


_PR_SET_CHILD_SUBREAPER = 36
"""prctl(2): who is left behind by a process that we started becomes our child (Linux)."""


def _left_behind(known: Sequence[int]) -> float:
    """Processor time of processes that ended after the one that had started them: a fork server, its workers."""
    seconds = 0.0
    while late := set(_children(os.getpid())).difference(known):
        usage = os.wait4(late.pop(), 0)[2]
        seconds += usage.ru_utime + usage.ru_stime
    return seconds


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    mark: str = "",
    stdout: Path | None = None,
    on_line: Callable[[str, int], None] = lambda line, pid: None,
) -> Ran:
    """Run a command to its end, reading what it prints; :class:`FailedError` when its exit code is not 0."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    known = _children(os.getpid())
    began = time.perf_counter()
    at_mark, marked, lines = None, None, []
    with (stdout or Path(os.devnull)).open("wb") as file:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=cwd, env=dict(os.environ, **(env or {})), text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=file if stdout else subprocess.PIPE,
            stderr=subprocess.PIPE if stdout else subprocess.STDOUT,
        )  # fmt: skip
        stream = process.stderr if stdout else process.stdout
        assert stream is not None
        for line in stream:
            lines.append(line.rstrip())
            on_line(line, process.pid)
            if mark and marked is None and (marked := re.search(mark, line)):
                at_mark = spent_by(process.pid, began)
        # It has ended, or is about to; its figures can be read until it is waited for.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        spent = spent_by(process.pid, began)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        spent = replace(spent, children_cpu=spent.children_cpu + _left_behind(known))
    if process.returncode or (mark and marked is None):
        last = "\n".join(lines[-12:])
        raise FailedError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{last}")
    return Ran(spent, at_mark, marked, lines, usage.ru_maxrss / 1024)


def voice(text: str) -> None:
    """Say on stderr what is going on: a long run is watched."""
    import sys

    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Median, least and greatest."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return {"median": median, "min": ordered[0], "max": ordered[-1], "n": len(ordered)}
