"""`newscrawl schedule` in a home of its own: what it writes, where, and that removing leaves what others wrote."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from newscrawl.scheduling.plan import EVERY, Plan, PlanError, cron_line, parse_at, service_unit, timer_unit
from tests.command import SCRIPT, newscrawl

CRONTAB = """#!/bin/sh
# As crontab(1): -l lists, - installs from stdin; a user without a crontab is an error.
case "$1" in
-l) [ -f "$HOME/crontab" ] || { echo "no crontab for $USER" >&2; exit 1; }; cat "$HOME/crontab" ;;
-) cat > "$HOME/crontab" ;;
*) exit 2 ;;
esac
"""
SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$HOME/systemctl.log"
[ "$2" != is-active ] || { echo active; exit 0; }
"""
NO_BUS = "#!/bin/sh\necho 'Failed to connect to bus: No medium found' >&2\nexit 1\n"
OTHERS = "MAILTO=me@example.org\n# mine\n5 4 * * * /usr/bin/backup\n"


def plan(**changes: object) -> Plan:
    values = {
        "name": "maghress",
        "program": Path("/opt/newscrawl/bin/newscrawl"),
        "arguments": ["crawl", "maghress"],
        "folder": Path("/srv/news"),
        "log": Path("/srv/news/news.log"),
        "every": "1h",
    }
    return Plan(**{**values, **changes})  # type: ignore[arg-type]


class Home:
    """A user without anything, with a crontab and a systemctl that do as theirs do."""

    def __init__(self, folder: Path, systemctl: str = SYSTEMCTL, crontab: str = CRONTAB) -> None:
        self.folder = folder
        self.path = folder / "bin"
        self.path.mkdir()
        for name, text in (("systemctl", systemctl), ("crontab", crontab)):
            if text:
                (self.path / name).write_text(text)
                (self.path / name).chmod(0o755)
        for name in ("sh", "cat"):
            (self.path / name).symlink_to(shutil.which(name) or "")

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {"HOME": str(self.folder), "PATH": str(self.path), "XDG_CONFIG_HOME": "", "USER": "me", **more}
        return newscrawl("schedule", *arguments, folder=self.folder, **environment)

    @property
    def crontab(self) -> str:
        return (self.folder / "crontab").read_text()

    @property
    def units(self) -> dict[str, str]:
        folder = self.folder / ".config" / "systemd" / "user"
        return {path.name: path.read_text() for path in folder.iterdir()} if folder.exists() else {}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("every", "at", "calendar", "cron"),
    [
        ("1h", "0:05", "*-*-* *:05:00", "5 * * * *"),
        ("30m", "0:05", "*-*-* *:05,35:00", "5,35 * * * *"),
        ("15m", "0:50", "*-*-* *:05,20,35,50:00", "5,20,35,50 * * * *"),
        ("1d", "06:30", "*-*-* 06:30:00", "30 6 * * *"),
        ("6h", "5:00", "*-*-* 05,11,17,23:00:00", "0 5,11,17,23 * * *"),
        ("12h", "18:45", "*-*-* 06,18:45:00", "45 6,18 * * *"),
    ],
)
def test_when(every: str, at: str, calendar: str, cron: str) -> None:
    one = plan(every=every, at=parse_at(at))
    assert f"OnCalendar={calendar}\n" in timer_unit(one)
    assert cron_line(one).splitlines()[1].startswith(f"{cron} cd ")


@pytest.mark.parametrize("every", EVERY)
def test_without_a_time_each_name_begins_at_a_minute_of_its_own(every: str) -> None:
    lines = {cron_line(plan(every=every, name=name)).splitlines()[1].split()[0] for name in map(str, range(40))}
    assert len(lines) > 5
    if shutil.which("systemd-analyze"):
        (when,) = re.findall("^OnCalendar=(.*)$", timer_unit(plan(every=every)), re.MULTILINE)
        assert subprocess.run(["systemd-analyze", "calendar", when], capture_output=True).returncode == 0


AWKWARD = Path("/srv/a b/100%/d'or")


def test_cron_runs_what_was_meant_whatever_is_in_a_path() -> None:
    line = cron_line(plan(folder=AWKWARD, arguments=["crawl", "-a", "x=$HOME"], jitter=300)).splitlines()[1]
    command = line.split(maxsplit=5)[5]
    assert not re.search(r"(?<!\\)%", command)
    words = shlex.split(command.replace("\\%", "%"))
    assert words[:3] == ["cd", str(AWKWARD), "&&"]
    assert words[3:] == [
        "/opt/newscrawl/bin/newscrawl",
        *("crawl", "-a", "x=$HOME", "--jitter", "300s"),
        *(">>", "/srv/news/news.log", "2>&1"),
    ]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    folder = tmp_path / "a b 100%"
    folder.mkdir()
    one = plan(
        program=SCRIPT, folder=folder, log=folder / "x.log", arguments=["crawl", "a b", "$HOME", "50%"], jitter=9
    )
    for ending, text in (("service", service_unit(one)), ("timer", timer_unit(one))):
        (tmp_path / f"newscrawl-maghress.{ending}").write_text(text)
    files = [str(tmp_path / f"newscrawl-maghress.{ending}") for ending in ("service", "timer")]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *files], capture_output=True, text=True, env=environment
    )
    assert "newscrawl-maghress" not in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "../x"}, "is no name for a schedule"),
        ({"name": ""}, "is no name"),
        ({"arguments": ["crawl", "a\n* * * * * rm"]}, "control character"),
    ],
)
def test_what_no_schedule_can_be(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(PlanError, match=sentence):
        plan(**changes)


def test_a_timer_is_installed_listed_replaced_and_removed(home: Home) -> None:
    done = home.run("install", "maghress", "--with", "systemd", "--every", "6h", "-a", "editions=fr")
    assert done.returncode == 0, done.stderr
    assert set(home.units) == {"newscrawl-maghress.service", "newscrawl-maghress.timer"}
    service = home.units["newscrawl-maghress.service"]
    assert f"ExecStart={SCRIPT} crawl maghress --due -a editions=fr -s NEWSCRAWL_PROGRESS=False\n" in service
    assert f"WorkingDirectory={home.folder}\n" in service
    assert f"StandardOutput=append:{home.folder}/data/news.log\n" in service
    assert "RandomizedDelaySec=300\n" in home.units["newscrawl-maghress.timer"]
    asked = (home.folder / "systemctl.log").read_text().splitlines()
    assert asked == [
        "--user daemon-reload",
        "--user enable newscrawl-maghress.timer",
        "--user restart newscrawl-maghress.timer",
    ]
    assert home.run("install", "maghress", "--with", "systemd", "--every", "1d", "--at", "6:30").returncode == 0
    (listed,) = map(json.loads, home.run("list", "--json").stdout.splitlines())
    assert (listed["name"], listed["kind"], listed["state"], listed["when"]) == (
        "maghress",
        "systemd",
        "active",
        "*-*-* 06:30:00",
    )
    assert home.run("remove", "maghress").returncode == 0
    assert home.units == {}
    assert (home.run("list").stdout, home.run("remove", "maghress").returncode) == (
        "No schedule is installed: `newscrawl schedule install SITE` makes one.\n",
        1,
    )


def test_a_crontab_line_is_installed_listed_replaced_and_removed(home: Home) -> None:
    (home.folder / "crontab").write_text(OTHERS)
    assert home.run("install", "maghress", "--with", "cron", "--at", "0:07").returncode == 0
    assert home.run("install", "turess", "--with", "cron", "--every", "1d", "--at", "6:30").returncode == 0
    assert home.run("install", "maghress", "--with", "cron", "--at", "0:09", "--jitter", "0s").returncode == 0
    assert home.crontab.startswith(OTHERS)
    assert home.crontab.count("newscrawl schedule: maghress") == 1
    assert f"9 * * * * cd {home.folder} && {SCRIPT} crawl maghress" in home.crontab
    assert f">> {home.folder}/data/news.log 2>&1\n" in home.crontab
    listed = [json.loads(line) for line in home.run("list", "--json").stdout.splitlines()]
    assert [(one["name"], one["kind"], one["when"]) for one in listed] == [
        ("maghress", "cron", "9 * * * *"),
        ("turess", "cron", "30 6 * * *"),
    ]
    for name in ("maghress", "turess"):
        assert home.run("remove", name).returncode == 0
    assert home.crontab == OTHERS


def test_without_a_crontab_of_ones_own_or_a_last_line_end(home: Home) -> None:
    assert home.run("remove", "maghress").returncode == 1
    assert not (home.folder / "crontab").exists()
    (home.folder / "crontab").write_text("5 4 * * * backup")
    assert home.run("install", "maghress", "--with", "cron").returncode == 0
    assert home.crontab.startswith("5 4 * * * backup\n# newscrawl schedule: maghress\n")


def test_what_is_printed_is_what_would_be_installed(home: Home) -> None:
    printed = home.run("print", "maghress", "--with", "cron").stdout
    assert home.units == {}
    assert not (home.folder / "crontab").exists()
    home.run("install", "maghress", "--with", "cron")
    assert home.crontab == printed
    units = home.run("print", "maghress", "--with", "systemd").stdout
    home.run("install", "maghress", "--with", "systemd")
    assert all(text in units for text in home.units.values())


@pytest.mark.parametrize(
    ("systemctl", "said"), [(NO_BUS, "Failed to connect to bus"), ("", "there is no systemctl here")]
)
def test_where_systemd_is_not_running_the_files_are_written_and_the_rest_is_said(
    tmp_path: Path, systemctl: str, said: str
) -> None:
    home = Home(tmp_path, systemctl=systemctl)
    done = home.run("install", "maghress", "--with", "systemd")
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert "systemctl --user daemon-reload && systemctl --user enable --now newscrawl-maghress.timer" in done.stderr
    assert len(home.units) == 2
    assert json.loads(home.run("list", "--json").stdout)["state"] == "unknown"
    assert home.run("remove", "maghress").returncode == 0


def test_without_cron(tmp_path: Path) -> None:
    home = Home(tmp_path, crontab="")
    done = home.run("install", "maghress", "--with", "cron")
    assert (done.returncode, "there is no crontab here" in done.stderr) == (1, True)
    assert home.run("list").returncode == 0


def test_a_timer_has_no_environment_so_that_it_is_written_down(home: Home) -> None:
    (home.folder / "newscrawl.toml").write_text("[sites.maghress]\n")
    elsewhere = {"NEWSCRAWL_CONTACT": "me@example.org", "NEWSCRAWL_DB": "other/mine.db"}
    (home.folder / "other").mkdir()
    done = home.run("print", "--with", "systemd", **elsewhere)
    assert f"--config {home.folder}/newscrawl.toml --key contact=me@example.org crawl --due -s" in done.stdout
    assert f"--db {home.folder}/other/mine.db\n" in done.stdout
    assert "Description=newscrawl all" in done.stdout
    secret = home.run("print", NEWSCRAWL_WEBHOOK_URL="https://hooks.example/T0KEN")
    assert (secret.returncode, "write it in newscrawl.toml" in secret.stderr) == (2, True)
    assert "T0KEN" not in secret.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["print", "nosuchsite"], "there is no site"),
        (["print"], "name a site to crawl"),
        (["print", "maghress", "--at", "25:00"], "is no time of day"),
        (["print", "maghress", "--every", "7m"], "Invalid value for '--every'"),
        (["print", "maghress", "--jitter", "soon"], "must be a duration"),
        (["print", "maghress", "--name", "a b"], "is no name"),
    ],
)
def test_wrong_words(home: Home, arguments: list[str], sentence: str) -> None:
    done = home.run(*arguments)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr


def test_the_line_that_cron_would_run_runs(home: Home) -> None:
    """A shell gets the line as cron gives it one: the crawl begins, fails for want of a site, and the log says so."""
    printed = home.run(
        "print", "maghress", "--with", "cron", "--jitter", "0s", "-a", "base_url=http://127.0.0.1:9"
    ).stdout
    command = printed.splitlines()[1].split(maxsplit=5)[5].replace("\\%", "%")
    (home.folder / "data").mkdir()
    done = subprocess.run(["/bin/sh", "-c", command], env={"HOME": str(home.folder), "PATH": "/usr/bin:/bin"})
    assert done.returncode == 3
    log = (home.folder / "data" / "news.log").read_text()
    assert "newscrawl crawls maghress into data/news.db" in log
    assert "maghress is blocked" in log
