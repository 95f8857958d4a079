"""When and how a crawl runs by itself, as a systemd timer or a crontab line; pure text, nothing is installed here."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

__all__ = ["EVERY", "MARK", "Plan", "PlanError", "cron_line", "parse_at", "service_unit", "timer_unit", "unit_name"]

MARK = "# newscrawl schedule:"
"""Begins the crontab comment above a line of ours, before the schedule's name."""

EVERY = {
    "15m": (15, None),
    "30m": (30, None),
    "1h": (60, 1),
    "2h": (120, 2),
    "3h": (180, 3),
    "4h": (240, 4),
    "6h": (360, 6),
    "8h": (480, 8),
    "12h": (720, 12),
    "1d": (1440, 24),
}
"""How often a crawl can run: minutes, and hours where they are whole. Each divides an hour or a day evenly: neither
cron nor systemd's calendar knows another rhythm that does not stumble at midnight."""

_TIMES = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class PlanError(ValueError):
    """A schedule that cannot be; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule: what runs, where, when, and where it writes."""

    name: str
    """Letters, digits, dashes: names the unit files and the crontab mark."""
    program: Path
    """The newscrawl script, absolute."""
    arguments: Sequence[str]
    """After the program: verb, sites, options."""
    folder: Path
    """Where it runs, absolute."""
    log: Path
    """Absolute; output is appended."""
    every: str
    """A key of :data:`EVERY`."""
    at: tuple[int, int] | None = None
    """Hour and minute of the first run of a day, local time; None: a minute of the name's own."""
    jitter: int = 0
    """Seconds: each run begins a random time later, up to this one."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", self.name):
            raise PlanError(f"{self.name!r} is no name for a schedule: use letters, digits and dashes.")
        for text in (*self.arguments, str(self.folder), str(self.log), str(self.program)):
            if any(ord(character) < 32 for character in text):
                raise PlanError(f"{text!r} holds a control character, which no schedule can hold.")

    def times(self) -> tuple[list[int] | None, list[int]]:
        """The hours (None for all) and the minutes at which it begins."""
        # Many installations shall not all call at the full hour: each begins at a minute of its own.
        hour, minute = self.at or (0, crc32(f"{self.name} {self.folder}".encode()) % 60)
        minutes, hours = EVERY[self.every]
        if hours is None:
            return None, sorted((minute + step) % 60 for step in range(0, 60, minutes))
        if hours == 1:
            return None, [minute]
        return sorted((hour + step) % 24 for step in range(0, 24, hours)), [minute]


def parse_at(text: str) -> tuple[int, int]:
    """Hour and minute of ``06:30``. :raises PlanError: for anything else."""
    match = _TIMES.fullmatch(text)
    if match is None:
        raise PlanError(f"{text!r} is no time of day: write it as 06:30.")
    return int(match[1]), int(match[2])


def unit_name(name: str) -> str:
    """The name of a schedule's unit files, without their endings."""
    return f"newscrawl-{name}"


def service_unit(plan: Plan) -> str:
    """The ``.service`` file (systemd.service(5), systemd.exec(5))."""
    command = " ".join(_systemd_word(word) for word in (str(plan.program), *plan.arguments))
    return f"""# Written by `newscrawl schedule install`; `newscrawl schedule remove {plan.name}` takes it away.
[Unit]
Description=newscrawl {plan.name}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={_systemd_path(plan.folder)}
ExecStart={command}
StandardOutput=append:{_systemd_path(plan.log)}
StandardError=append:{_systemd_path(plan.log)}
# 1: some addresses failed, as some always do; 4: the crawl before still runs; 130: it was asked to end.
# What is left as a failure of the unit needs a person: 2 usage, 3 a site is blocked or has changed, 5 storage.
SuccessExitStatus=1 4 130
# The crawl tells its own workers to end; it does so within 10 seconds.
KillMode=mixed
TimeoutStopSec=20
Nice=10
"""


def timer_unit(plan: Plan) -> str:
    """The ``.timer`` file (systemd.timer(5))."""
    hours, minutes = plan.times()
    hour = "*" if hours is None else ",".join(f"{one:02d}" for one in hours)
    when = f"*-*-* {hour}:{','.join(f'{one:02d}' for one in minutes)}:00"
    return f"""# Written by `newscrawl schedule install`; `newscrawl schedule remove {plan.name}` takes it away.
[Unit]
Description=newscrawl {plan.name}, every {plan.every}

[Timer]
OnCalendar={when}
RandomizedDelaySec={plan.jitter}
# A run that was missed while the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


def cron_line(plan: Plan) -> str:
    """Two lines for a crontab (crontab(5)): the mark, by which it is found again, and the entry."""
    hours, minutes = plan.times()
    hour = "*" if hours is None or len(hours) == 24 else ",".join(map(str, hours))
    jitter = ["--jitter", f"{plan.jitter}s"] if plan.jitter else []
    words = [str(plan.program), *plan.arguments, *jitter]
    command = f"cd {shlex.quote(str(plan.folder))} && {shlex.join(words)} >> {shlex.quote(str(plan.log))} 2>&1"
    # cron makes a line end of every % that has no backslash, whatever quotes are around it.
    escaped = command.replace("%", "\\%")
    return f"{MARK} {plan.name}\n{','.join(map(str, minutes))} {hour} * * * {escaped}\n"


def _systemd_path(path: Path) -> str:
    return str(path).replace("%", "%%")


def _systemd_word(word: str) -> str:
    """A word of ExecStart: % begins a specifier, $ a variable, and C escapes are understood in quotes."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return escaped if re.fullmatch(r"[\w@%+=:,./-]+", word, re.ASCII) else f'"{escaped}"'
