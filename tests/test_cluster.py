"""A Dask cluster of real processes: the same rows, nothing lost with a worker or a scheduler, and clear refusals."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import pipelines
from newscrawl.local_cluster import LocalCluster, local_cluster
from newscrawl.sample import SampleServer
from newscrawl.sample.server import Request
from newscrawl.sites import all_rules
from pipelines.cluster import ClusterError
from pipelines.cluster.batches import Batch, RulebookCopy, read
from pipelines.cluster.fitness import _OWN_FILES, misfit, own_fitness
from pipelines.cluster.pool import ClusterPool
from pipelines.extraction_pool import Rulebook
from pipelines.parcels import packed_pages
from pipelines.rule_version import rule_files
from tests.cluster_rows import table_rows
from tests.command import SCRIPT, newscrawl
from tests.doomed_crawl import PROJECT
from tests.many_articles import many_articles
from tests.test_extraction_pool import PAGE, slow_page

NUMBER = 40
SECONDS = 100
"""Far beyond what anything here takes."""
RULEBOOK = Rulebook(rules=all_rules())


class Asked(list[Request]):
    """A server's requests, which can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._came = threading.Condition()

    def append(self, request: Request) -> None:
        with self._came:
            super().append(request)
            self._came.notify_all()

    def wait_for_articles(self, count: int) -> None:
        with self._came:
            assert self._came.wait_for(lambda: len(self.articles()) >= count, SECONDS), self.articles()

    def articles(self) -> list[str]:
        return [request.path for request in self if request.path.rpartition("/")[2].isdigit()]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with local_cluster(2) as running:
        yield running


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with SampleServer(web=many_articles(NUMBER)) as running:
        yield running


@pytest.fixture(scope="module")
def inline(server: SampleServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a crawl that extracted in its own process."""
    database = tmp_path_factory.mktemp("inline") / "news.db"
    assert newscrawl(*crawl(server, database), "--workers", "0").returncode == 0
    assert len(articles(database)) == NUMBER - len(range(7, NUMBER, 50))
    return database


def crawl(server: SampleServer, database: Path) -> list[str]:
    return ["crawl", "sample", "-a", f"base_url={server.base_url}", "-a", "editions=fr", "-q", "--db", str(database)]


def started(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """The command, in a process that can be sent signals."""
    command = [str(SCRIPT), *arguments]
    env = {**os.environ, **environment}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=SECONDS)
    assert "Traceback" not in said
    return process.returncode, said


def articles(database: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return sorted(db.execute("SELECT canonical_url, title, body, page_hash FROM articles"))


def test_a_crawl_stores_the_same_rows_whoever_extracts(
    server: SampleServer, cluster: LocalCluster, inline: Path, tmp_path: Path
) -> None:
    local, remote = tmp_path / "local.db", tmp_path / "remote.db"
    assert newscrawl(*crawl(server, local), "--workers", "2").returncode == 0
    assert newscrawl(*crawl(server, remote), "--cluster", cluster.address).returncode == 0
    expected = table_rows(inline)
    assert table_rows(local) == expected
    assert table_rows(remote) == expected


def test_reading_an_archive_again_stores_the_same_rows_whoever_extracts(
    cluster: LocalCluster, inline: Path, tmp_path: Path
) -> None:
    found = []
    for name, who in {"a": ["--workers", "0"], "b": ["--workers", "2"], "c": ["--cluster", cluster.address]}.items():
        folder = tmp_path / name
        shutil.copytree(inline.parent, folder)
        with closing(sqlite3.connect(folder / "news.db")) as db, db:  # what other rules have read
            db.execute("UPDATE articles SET title = 'old', extractor_version = 'old'")
            db.execute("DELETE FROM articles WHERE id % 3 = 0")
        done = newscrawl("reextract", "-q", "--db", folder / "news.db", *who)
        assert done.returncode == 0, done.stderr
        found.append(table_rows(folder / "news.db"))
    assert found[0]["revision_changes"]
    assert found[1] == found[0]
    assert found[2] == found[0]


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_stored_twice(
    server: SampleServer, inline: Path, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    server.requests = asked = Asked()
    with local_cluster(2) as cluster:
        crawling = started(*crawl(server, database), "--cluster", cluster.address)
        asked.wait_for_articles(NUMBER // 4)
        cluster.workers[0].kill()
        assert ended(crawling)[0] == 0
    assert set(Counter(asked.articles()).values()) == {1}
    assert table_rows(database) == table_rows(inline)


def test_a_scheduler_that_is_lost_ends_the_crawl_and_the_next_one_goes_on(
    server: SampleServer, inline: Path, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    server.requests = asked = Asked()
    with local_cluster(1) as cluster:
        crawling = started(*crawl(server, database), "--cluster", cluster.address)
        asked.wait_for_articles(NUMBER // 4)
        cluster.scheduler.kill()
        code, said = ended(crawling)
    assert (code, "was lost" in said, said.count("\n")) == (6, True, 1), said
    with closing(sqlite3.connect(tmp_path / "pages.db")) as archive, closing(sqlite3.connect(database)) as db:
        archived = {hash for (hash,) in archive.execute("SELECT hash FROM bodies")}
        assert {hash for (hash,) in db.execute("SELECT page_hash FROM articles")} <= archived
        assert db.execute("SELECT state, reason FROM runs").fetchall() == [("interrupted", "cluster")]
    assert newscrawl(*crawl(server, database), "--workers", "0").returncode == 0
    assert articles(database) == articles(inline)


def test_a_crawl_whose_workers_hang_is_ended_by_a_signal(server: SampleServer, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    server.requests = asked = Asked()
    with local_cluster(1) as cluster:
        crawling = started(*crawl(server, database), "--cluster", cluster.address)
        asked.wait_for_articles(5)
        cluster.workers[0].send_signal(signal.SIGSTOP)
        crawling.send_signal(signal.SIGINT)
        assert ended(crawling)[0] == 130
        cluster.workers[0].send_signal(signal.SIGCONT)
    with closing(sqlite3.connect(database)) as db:  # all of them wait for the next crawl
        unread = db.execute("SELECT count(*) FROM outcomes WHERE outcome = 'interrupted'").fetchone()[0]
        assert unread
        assert db.execute("SELECT count(*) FROM frontier").fetchone()[0] >= unread


def test_a_page_that_hangs_ends_as_a_timeout_and_its_worker_goes_on(cluster: LocalCluster) -> None:
    pool = ClusterPool(RULEBOOK, cluster.address, deadline=0.2)
    first = pool.submit(PAGE)
    first.result()  # the processes are up
    found = [future.result() for future in [pool.submit(slow_page()), *(pool.submit(PAGE) for _ in range(8))]]
    pool.close()
    rejected, *others = found
    assert rejected.rejected is not None
    assert (rejected.rejected.reason, "longer than 0.2 s" in rejected.rejected.detail) == ("timeout", True)
    assert {one.article for one in others} == {first.result().article}


def test_rulebooks_of_several_runs_do_not_meet(cluster: LocalCluster) -> None:
    pools = [ClusterPool(replace(RULEBOOK, languages=codes), cluster.address) for codes in (("fr",), ("en",))]
    found = [[pool.submit(PAGE) for pool in pools] for _ in range(20)]
    for french, english in found:
        rejected = english.result().rejected
        assert french.result().rejected is None
        assert rejected is not None
        assert rejected.reason == "language-fr"
    for pool in pools:
        pool.close()


def test_what_is_not_read_when_a_pool_is_left_says_so(cluster: LocalCluster) -> None:
    pool = ClusterPool(RULEBOOK, cluster.address)
    left = [pool.submit(PAGE) for _ in range(100)]
    pool.close(at_once=True)
    with pytest.raises(ClusterError, match="ended before"):
        left[-1].result()


def other_code(folder: Path) -> dict[str, str]:
    """An environment in which a worker finds a newscrawl of another version."""
    copy = folder / "pipelines"
    shutil.copytree(Path(pipelines.__path__[0]), copy, ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / "article.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    return {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize(
    ("options", "is_other", "sentence"),
    [(("--nanny",), False, "start it with --no-nanny"), ((), True, "another newscrawl")],
    ids=["a daemonic worker", "another version"],
)
def test_a_worker_that_does_not_fit_is_refused_before_anything_is_fetched(
    options: tuple[str, ...], is_other: bool, sentence: str, server: SampleServer, tmp_path: Path
) -> None:
    server.requests = asked = Asked()
    with local_cluster(0) as cluster:
        cluster.add_worker(*options, environment=other_code(tmp_path / "other") if is_other else None)
        done = newscrawl(*crawl(server, tmp_path / "news.db"), "--cluster", cluster.address)
    assert (done.returncode, sentence in done.stderr, done.stderr.count("\n")) == (6, True, 1), done.stderr
    assert list(asked) == []
    with closing(sqlite3.connect(tmp_path / "news.db")) as db:
        assert db.execute("SELECT count(*) FROM runs").fetchone() == (0,)


def test_a_worker_that_joins_later_compares_itself() -> None:
    other = replace(own_fitness(), libraries=(("trafilatura", "1.0"),))
    rules = RulebookCopy("a", pickle.dumps(RULEBOOK))
    with pytest.raises(ClusterError, match=r"the worker W has trafilatura .* \(here 1.0\)"):
        read(rules, Batch(packed_pages([(PAGE, None)]), 1.0, other), who="the worker W", processes=1)


def test_differences_are_named() -> None:
    here = own_fitness()
    assert "Python 2.7 (here 3." in misfit("it", replace(here, python="2.7"), here)
    assert "another newscrawl" in misfit("it", replace(here, code="0"), here)
    assert "no lxml (here" in misfit("it", replace(here, libraries=()), here)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize("verb", ["crawl", "reextract"])
def test_nobody_there(verb: str, server: SampleServer, inline: Path) -> None:
    server.requests = asked = Asked()
    address = f"tcp://127.0.0.1:{free_port()}"
    arguments = crawl(server, inline) if verb == "crawl" else ["reextract", "-q", "--db", str(inline)]
    before = table_rows(inline)
    done = newscrawl(*arguments, NEWSCRAWL_CLUSTER=address)
    assert (done.returncode, f"no Dask scheduler answers at {address}" in done.stderr) == (6, True), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert (list(asked), table_rows(inline)) == ([], before)


def test_nobody_there_for_scrapys_own_command(server: SampleServer, tmp_path: Path) -> None:
    server.requests = asked = Asked()
    settings = ["-s", "NEWSCRAWL_CLUSTER=tcp://127.0.0.1:1", "-s", f"NEWSCRAWL_DB={tmp_path / 'news.db'}"]
    command = [str(SCRIPT.with_name("scrapy")), "crawl", "sample", "-a", f"base_url={server.base_url}", *settings]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, "newscrawl: no Dask scheduler answers" in done.stderr) == (6, True), done.stderr
    assert ("Traceback" in done.stderr, list(asked)) == (False, [])


@pytest.mark.parametrize("verb", ["reextract --cluster tcp://127.0.0.1:1", "cluster --local 1 --port 0"])
def test_without_dask_one_sentence_says_what_to_install(verb: str, inline: Path, tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError('none', name='distributed')\n")
    options = ["--db", str(inline)] if verb.startswith("reextract") else []
    done = newscrawl(*verb.split(), *options, PYTHONPATH=str(tmp_path))
    assert (done.returncode, "pip install newscrawl[cluster]" in done.stderr) == (6, True), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--cluster", "scheduler:8786"], "the address of a Dask scheduler such as tcp://scheduler:8786"),
        (["--cluster", "tcp://127.0.0.1:1", "--workers", "2"], "name one"),
    ],
)
def test_options_that_make_no_sense(options: list[str], sentence: str, inline: Path) -> None:
    done = newscrawl("reextract", "--db", inline, *options)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr


def test_the_command_starts_a_cluster_that_takes_a_warc_file_and_ends_with_ctrl_c(inline: Path, tmp_path: Path) -> None:
    file, read_again = tmp_path / "pages.warc.gz", tmp_path / "again.db"
    assert newscrawl("archive", "export", "--warc", file, "--db", inline).returncode == 0
    running = started("cluster", "--local", "1", "--port", "0")
    assert running.stdout is not None
    address = running.stdout.readline().strip()
    done = newscrawl("ingest", "--warc", file, "--db", read_again, "--cluster", address)
    running.send_signal(signal.SIGINT)
    code, said = ended(running)
    assert (done.returncode, code) == (0, 0), done.stderr
    assert f"newscrawl crawl SITE --cluster {address}" in said
    assert articles(read_again) == articles(inline)
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) != 0


def certificate(folder: Path) -> dict[str, str]:
    """Dask's configuration for TLS, with an authority of one member that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "newscrawl")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "own.pem").write_bytes(signed.public_bytes(pem))
    (folder / "own.key").write_bytes(key.private_bytes(pem, *plain))
    files = {"CERT": folder / "own.pem", "KEY": folder / "own.key"}
    told = {
        f"TLS__{who}__{name}": str(file) for who in ("SCHEDULER", "WORKER", "CLIENT") for name, file in files.items()
    }
    told |= {"TLS__CA_FILE": str(folder / "own.pem"), "DEFAULT_SCHEME": "tls", "REQUIRE_ENCRYPTION": "true"}
    return {f"DASK_DISTRIBUTED__COMM__{name}": value for name, value in told.items()}


def test_tls_lets_in_who_has_a_certificate_and_nobody_else(inline: Path, tmp_path: Path) -> None:
    """The configuration of docs/scaling.md, by Dask's environment variables."""
    tls = certificate(tmp_path)
    running = started("cluster", "--local", "1", "--port", "0", **tls)
    assert running.stdout is not None
    address = running.stdout.readline().strip()
    again = ["reextract", "-q", "--db", str(inline), "--cluster", address]
    lost = {name: value + ".gone" if name.endswith("CLIENT__CERT") else value for name, value in tls.items()}
    try:
        inside, *strangers = (newscrawl(*again, folder=None, **given) for given in (tls, {}, lost))
    finally:
        running.send_signal(signal.SIGINT)
        code, said = ended(running)
    assert (code, address.startswith("tls://")) == (0, True), said
    assert inside.returncode == 0, inside.stderr
    for stranger, reason in zip(strangers, ("none is named", "No such file"), strict=True):
        assert (stranger.returncode, reason in stranger.stderr) == (6, True), stranger.stderr
        assert stranger.stderr.count("\n") == 1, stranger.stderr


def test_doctor_looks_at_the_cluster(cluster: LocalCluster, inline: Path, tmp_path: Path) -> None:
    def told(address: str) -> list[str]:
        file = tmp_path / "newscrawl.toml"
        file.write_text(f'cluster = "{address}"\n', encoding="utf-8")
        done = newscrawl("--config", file, "doctor", "--db", inline)
        return [line for line in done.stdout.splitlines() if " cluster " in line]

    (sound,) = told(cluster.address)
    (broken,) = told("tcp://127.0.0.1:1")
    assert (sound.split()[0], broken.split()[0]) == ("ok", "problem")
    assert "no Dask scheduler answers" in broken


@pytest.mark.parametrize("name", ["article.py", "duplicates.py", "extraction_pool.py", "parcels.py"])
def test_what_a_worker_works_out_or_carries_counts_as_its_version(name: str) -> None:
    assert name in {*rule_files(), *_OWN_FILES}
