"""`newscrawl watch`: crawl after crawl in the foreground, ended cleanly by a signal."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.sample import SampleServer
from pipelines.store import Store
from tests.command import newscrawl
from tests.test_ending import Asked, listen, run

FAST = ("-s", "NEWSCRAWL_WORKERS=0", "-a", "max_pages=1")
LOOP = """
import signal, sys
from newscrawl.scheduling.watching import Watch
watch = Watch([sys.executable, "-c", sys.argv[1]], int(sys.argv[2]), 0)
print(watch.run(int(sys.argv[3]) or None))
"""


def test_it_crawls_as_often_as_asked_and_ends_with_the_last_exit_code(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with SampleServer() as server:
        words = ["sample", "-a", f"base_url={server.base_url}", *FAST, "--db", database]
        done = newscrawl("watch", *words, "--every", "0s", "--jitter", "0s", "--passes", "2")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("that crawl ended with exit code 0") == 1
    with Store.open(database, read_only=True) as store:
        assert [(one.state, one.site) for one in store.runs()] == [("finished", "sample")] * 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_crawl_that_runs(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "news.db"
    with SampleServer() as server:
        asked = Asked(1, number)
        listen(server, asked)
        slow = ["-s", "ROBOTSTXT_OBEY=False", "-s", "DOWNLOAD_DELAY=600", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"]
        done = run(asked, "watch", "sample", "-a", f"base_url={server.base_url}", *FAST, *slow, "--db", database)
    assert done.returncode == 130, done.stderr
    with Store.open(database, read_only=True) as store:
        assert [one.state for one in store.runs()] == ["interrupted"]


@pytest.mark.parametrize(
    ("child", "every", "passes", "printed"),
    [
        ("import os, signal; os.kill(os.getppid(), signal.SIGTERM)", 1000, 0, "None"),  # no pause of 1000 seconds
        ("raise SystemExit(3)", 0, 3, "3"),
        ("raise SystemExit(2)", 1000, 0, "2"),  # wrong words are wrong every time
    ],
)
def test_the_loop(child: str, every: int, passes: int, printed: str) -> None:

    words = [sys.executable, "-c", LOOP, child, str(every), str(passes)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parent.parent)
    assert done.stdout.strip() == printed, done.stderr


def test_what_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    done = newscrawl("watch", "nosuchsite", folder=tmp_path)
    assert (done.returncode, "there is no site" in done.stderr) == (2, True)
    (tmp_path / "newscrawl.toml").write_text("workerz = 1")
    assert "no key 'workerz'" in newscrawl("watch", "maghress", folder=tmp_path).stderr
