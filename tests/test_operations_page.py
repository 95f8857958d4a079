"""docs/operations.md and docs/commands.md: a newcomer who types what the page says ends with an installed timer."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.cli import newscrawl as group
from newscrawl.sample import SampleServer
from newscrawl.verdict import Thresholds
from tests.command import SCRIPT, SECONDS
from tests.test_schedule import Home

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "operations.md").read_text(encoding="utf-8")
NEWCOMER = PAGE.split("## From nothing to an installed timer")[1].split("\n## ")[0]
NOT_HERE = ("tools/set_up.sh", "newscrawl demo")
"""What needs a network, and what has tests of its own."""


def typed() -> Iterator[tuple[str, str]]:
    """What the page has a newcomer type (``sh``) and write (``toml``), in order."""
    for language, block in re.findall(r"```(sh|toml)\n(.*?)```", NEWCOMER, re.DOTALL):
        if language == "toml":
            yield language, block
        else:
            yield from ((language, line) for line in block.splitlines() if not any(word in line for word in NOT_HERE))


class Newcomer(Home):
    """Types into a shell; where the page says maghress, the sample aggregator stands in."""

    def __init__(self, folder: Path, base_url: str) -> None:
        super().__init__(folder)
        self.base_url = base_url

    def type(self, line: str) -> subprocess.CompletedProcess[str]:
        line = line.replace(".venv/bin/newscrawl", str(SCRIPT)).replace("maghress", "sample")
        line = line.replace("-a editions=fr", f"-a base_url={self.base_url}")
        environment = {"HOME": str(self.folder), "PATH": f"{self.path}:{os.environ['PATH']}", "USER": "me"}
        command = ["/bin/sh", "-c", line]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=SECONDS
        )

    def write(self, block: str) -> None:
        """At the top of the file, as the page says."""
        file = self.folder / "newscrawl.toml"
        mine = block.replace("sites.maghress", "sites.sample").replace(
            'editions = ["fr"]', f'base_url = "{self.base_url}"\nmax_pages = 3'
        )
        file.write_text(f"{mine}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

    def let_the_timer_fire(self) -> int:
        """What systemd would do: the unit's command, in its folder, its output appended to its log."""
        unit = self.units["newscrawl-all.service"]
        told = dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))
        with Path(told["StandardOutput"].removeprefix("append:")).open("a") as log:
            words = shlex.split(told["ExecStart"])
            folder = told["WorkingDirectory"]
            return subprocess.run(words, cwd=folder, stdout=log, stderr=log, env={}, timeout=SECONDS).returncode


def test_a_newcomer_follows_the_page_to_an_installed_timer(tmp_path: Path) -> None:
    with SampleServer() as server:
        newcomer = Newcomer(tmp_path, server.base_url)
        said: dict[str, str] = {}
        for kind, text in typed():
            if kind == "toml":
                newcomer.write(text)
                continue
            if "schedule install" in text:
                text += " --with systemd"
            done = newcomer.type(text)
            assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
            said[text] = done.stdout
            if "schedule list" in text:
                assert newcomer.let_the_timer_fire() == 0
    told = {line.split("/newscrawl ")[-1]: output for line, output in said.items()}
    assert told["doctor"].endswith("no problems.\n")
    assert re.search(r"contact +you@example.org +newscrawl.toml line 1\b", told["config"])
    assert "newscrawl-all.timer is started" in told["schedule install --every 1h --with systemd"]
    assert "active" in told["schedule list"]
    assert told["runs"].count("finished") == 2, "one by hand, one by the timer"
    assert "newscrawl crawls sample into" in told["tail data/news.log"]
    assert newcomer.type(".venv/bin/newscrawl schedule remove all").returncode == 0
    assert newcomer.units == {}


VERBS = group.list_commands(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_is_documented(verb: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    headings = " ".join(re.findall("^## (.*)$", text, re.MULTILINE))
    assert re.search(rf"newscrawl {verb}\b", headings)


@pytest.mark.parametrize("verb", ["crawl", "runs", "explain", "config", "doctor", "watch", "status"])
def test_every_option_is_documented(verb: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    command = group.get_command(None, verb)  # type: ignore[arg-type]
    assert command is not None
    names = [max(option.opts, key=len) for option in command.params if option.param_type_name == "option"]
    assert [name for name in names if name not in text and name not in ("--set", "--verbose", "--quiet")] == []


@pytest.mark.parametrize("word", ["ok", "quiet", "stale", "layout-changed", "blocked"])
def test_every_verdict_is_explained(word: str) -> None:
    assert re.search(rf"^\| `{word}` \| .+ \| .+ \|$", PAGE, re.MULTILINE)


def test_the_figures_on_the_page_are_those_in_force() -> None:
    limits = Thresholds()
    assert "Five earlier\nruns make a baseline (`min_runs`); shares of fewer than five pages" in PAGE
    assert (limits.min_runs, limits.min_pages) == (5, 5)
