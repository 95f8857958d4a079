"""Installed schedules: systemd's user units and this user's crontab are read and written here, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newscrawl.scheduling.plan import MARK, Plan, cron_line, service_unit, timer_unit, unit_name

__all__ = ["Installed", "ToolError", "install_cron", "install_systemd", "installed", "remove_cron", "remove_systemd"]

TOOL_SECONDS = 30
"""How long systemctl and crontab may take."""


class ToolError(RuntimeError):
    """What systemctl or crontab could not do; one sentence that says what to do instead."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A schedule that is installed."""

    name: str
    kind: str
    """``systemd`` or ``cron``."""
    when: str
    """OnCalendar's or cron's words."""
    command: str
    where: str
    """The unit file, or ``crontab``."""
    state: str
    """``active`` or ``inactive`` as systemd says, ``active`` for a crontab line, ``unknown`` when nobody can say."""


def units_folder() -> Path:
    """Where a user's own units are: systemd.unit(5)."""
    configured = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(configured) if configured.startswith("/") else Path.home() / ".config") / "systemd" / "user"


def install_systemd(plan: Plan) -> list[Path]:
    """Write the units, and begin the timer. Gives the files. Raises OSError, and ToolError when systemd is not there.

    The files are written in any case, so that the sentence of the error is all that is left to do.
    """
    folder, unit = units_folder(), unit_name(plan.name)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{unit}.service", folder / f"{unit}.timer"]
    for file, text in zip(files, (service_unit(plan), timer_unit(plan)), strict=True):
        _replace(file, text)
    todo = f"systemctl --user daemon-reload && systemctl --user enable --now {unit}.timer"
    for arguments in (["daemon-reload"], ["enable", f"{unit}.timer"], ["restart", f"{unit}.timer"]):
        if wrong := _systemctl(*arguments):
            raise ToolError(f"the timer is written but not started ({wrong}): run `{todo}` where systemd runs.")
    return files


def remove_systemd(name: str) -> list[Path]:
    """Stop a timer and take its files away; gives those that were there."""
    folder, unit = units_folder(), unit_name(name)
    files = [path for path in (folder / f"{unit}.timer", folder / f"{unit}.service") if path.exists()]
    if files:
        _systemctl("disable", "--now", f"{unit}.timer")
        for path in files:
            path.unlink()
        (folder / "timers.target.wants" / f"{unit}.timer").unlink(missing_ok=True)
        _systemctl("daemon-reload")
    return files


def install_cron(plan: Plan) -> None:
    """Put the line into this user's crontab, in place of the one of the same name. Raises ToolError."""
    _write_crontab(_without(_read_crontab(), plan.name) + cron_line(plan))


def remove_cron(name: str) -> bool:
    """Take the line out of this user's crontab; False when there is none. Raises ToolError."""
    before = _read_crontab()
    after = _without(before, name)
    if after != before:
        _write_crontab(after)
    return after != before


def installed() -> list[Installed]:
    """All schedules of this user, by name."""
    found = [_unit(path) for path in units_folder().glob("newscrawl-*.timer")]
    if shutil.which("crontab"):
        found += [
            Installed(name, "cron", " ".join(line.split()[:5]), line.split(maxsplit=5)[5], "crontab", "active")
            for name, line in re.findall(rf"^{MARK} (\S+)\n([^#\n][^\n]*)", _read_crontab(), re.MULTILINE)
        ]
    return sorted(found, key=lambda one: (one.name, one.kind))


def _unit(timer: Path) -> Installed:
    service = timer.with_suffix(".service")
    when = re.search(r"^OnCalendar=(.*)$", timer.read_text(encoding="utf-8"), re.MULTILINE)
    told = service.read_text(encoding="utf-8") if service.exists() else ""
    command = re.search(r"^ExecStart=(.*)$", told, re.MULTILINE)
    return Installed(
        name=timer.stem.removeprefix("newscrawl-"),
        kind="systemd",
        when=when[1] if when else "",
        command=command[1] if command else f"{service} is missing",
        where=str(timer),
        state=_active(timer.name),
    )


def _active(unit: str) -> str:
    done = _run(["systemctl", "--user", "is-active", unit])
    said = done.stdout.strip() if done else ""
    return said if said in {"active", "inactive", "failed"} else "unknown"


def _systemctl(*arguments: str) -> str:
    """What is wrong, or nothing."""
    done = _run(["systemctl", "--user", *arguments])
    if done is None:
        return "there is no systemctl here"
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["systemctl failed"])[0].rstrip(".")


def _read_crontab() -> str:
    done = _crontab(["-l"], "")
    if done.returncode != 0 and "no crontab" not in done.stderr:  # an empty one is an error to it, too
        raise ToolError(f"crontab cannot be read: {done.stderr.strip() or 'it failed'}.")
    return done.stdout if done.returncode == 0 else ""


def _write_crontab(text: str) -> None:
    done = _crontab(["-"], text)
    if done.returncode != 0:
        raise ToolError(f"crontab does not take the line: {done.stderr.strip() or 'it failed'}.")


def _crontab(arguments: Sequence[str], text: str) -> subprocess.CompletedProcess[str]:
    done = _run(["crontab", *arguments], text)
    if done is None:
        raise ToolError("there is no crontab here: install cron, or use --with systemd.")
    return done


def _run(command: list[str], text: str = "") -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            timeout=TOOL_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError:
        return None
    except subprocess.TimeoutExpired:
        raise ToolError(f"{command[0]} did not answer within {TOOL_SECONDS} seconds.") from None


def _without(crontab: str, name: str) -> str:
    """The crontab without the mark of a name and the line below it; all else stays as it is."""
    text = crontab if not crontab or crontab.endswith("\n") else f"{crontab}\n"
    return re.sub(rf"^{re.escape(MARK)} {re.escape(name)}\n(?:[^#\n][^\n]*\n)?", "", text, flags=re.MULTILINE)


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
