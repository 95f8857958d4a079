"""`newscrawl noise` as a user runs it: what was learned is listed and shown, undone by name, gone back to."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import relais
from tests.command import newscrawl
from tests.noise_layouts import amid, cards
from tests.noise_site import LEGAL
from tests.relais import TOLD
from tests.spider_process import PROJECT

PAGES = [relais.page_of(story, (cards, amid)) for story in TOLD[:30]]
AD = "La Coopérative des sels vous invite à sa foire d’automne, entrée libre tous les jours dès neuf heures du matin."
"""Printed among the paragraphs of every page, so that it stands in bodies until it is learned."""


def with_ad(body: bytes) -> bytes:
    return body.replace(b"</p>", f"</p><p>{AD}</p>".encode(), 1)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site and nothing learned yet; the tests below go on from one another."""
    path = tmp_path_factory.mktemp("noise") / "news.db"
    relais.keep(path, [replace(one, body=with_ad(one.body)) for one in PAGES])
    return path


def noise(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return newscrawl("noise", *arguments, "--db", database)


def shown(database: Path, *arguments: str) -> list[dict[str, Any]]:
    done = noise(database, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def with_the_ad(database: Path) -> int:
    return sum(AD in body for body in relais.bodies(database).values())


def test_learn_show_undo_and_use(database: Path) -> None:
    assert with_the_ad(database) == 30

    done = noise(database, "learn", "relais")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("relais: learned ")
    assert "from 30 pages; 30 articles read again, 30 changed" in done.stderr
    assert with_the_ad(database) == 0

    done = noise(database, "learn", "relais", "-s", "NEWSCRAWL_WORKERS=0")
    assert (done.returncode, done.stderr) == (0, "relais: nothing new was learned from 30 pages\n")

    (version,) = shown(database, "list")
    blocks = shown(database, "show", "relais")
    assert (version["site"], version["version"], version["active"]) == ("relais", 1, True)
    assert (version["blocks"], version["undone"]) == (len(blocks), 0)
    assert {LEGAL, AD} < {block["sample"] for block in blocks}
    (ad,) = (block for block in blocks if block["sample"] == AD)
    assert (ad["articles"], ad["why"]) == (version["articles"], "is printed everywhere")

    done = noise(database, "undo", "relais", ad["name"], "-s", "NEWSCRAWL_WORKERS=0")
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"relais: no noise any more: {ad['name']}; 30 articles read again, 30 changed\n"
    assert with_the_ad(database) == 30
    assert [one["version"] for one in shown(database, "list", "relais") if one["active"]] == [2]
    assert [one["sample"] for one in shown(database, "show", "relais") if one["undone"]] == [AD]
    assert "undone" in noise(database, "show", "relais").stdout

    noise(database, "learn", "relais", "-s", "NEWSCRAWL_WORKERS=0")
    assert with_the_ad(database) == 30, "what a person called no noise is never learned again"

    done = noise(database, "use", "relais", "1", "-s", "NEWSCRAWL_WORKERS=0")
    assert done.stderr == "relais: version 1 is in use; 30 articles read again, 30 changed\n"
    assert with_the_ad(database) == 0
    done = noise(database, "use", "relais", "none", "-q", "-s", "NEWSCRAWL_WORKERS=0")
    assert (done.returncode, done.stderr) == (0, "")
    assert with_the_ad(database) == 30
    assert not any(one["active"] for one in shown(database, "list"))
    done = noise(database, "undo", "relais", ad["name"])
    assert done.returncode == 2
    assert "no version of relais is in use: choose one with `newscrawl noise use relais VERSION`" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["learn", "nosuch"], 1, "there is no page of 'nosuch'"),
        (["learn", "few"], 1, "few has 3 different articles: nothing is learned from fewer than 20"),
        (["list", "nosuch"], 1, "nothing was learned of 'nosuch' yet"),
        (["show", "nosuch"], 1, "nothing was learned of 'nosuch' yet"),
        (["show", "relais", "--version", "9"], 2, "relais has no version 9"),
        (["undo", "nosuch", "text:1"], 1, "nothing was learned of 'nosuch' yet"),
        (["undo", "relais", "text:1"], 2, "version 1 has no block 'text:1'"),
        (["undo", "relais"], 2, "Missing argument 'NAME...'"),
        (["use", "relais", "9"], 2, "relais has no version 9"),
        (["use", "relais", "two"], 2, "'two' is no version"),
        (["use", "relais", "-1"], 2, "No such option"),
    ],
)
def test_what_is_wrong_is_a_sentence(told: Path, arguments: list[str], code: int, sentence: str) -> None:
    done = noise(told, *arguments)
    assert done.returncode == code
    assert sentence in done.stderr


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a model, and one that has too few pages for one."""
    path = tmp_path_factory.mktemp("told") / "news.db"
    relais.keep(path, [*PAGES[:25], *(replace(one, site="few") for one in PAGES[25:28])])
    relais.learned(path)
    return path


def test_without_a_database(tmp_path: Path) -> None:
    for arguments in (
        ["list"],
        ["show", "relais"],
        ["learn", "relais"],
        ["undo", "relais", "x"],
        ["use", "relais", "1"],
    ):
        done = noise(tmp_path / "none.db", *arguments)
        assert done.returncode == 5
        assert "There is no database" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_own_spiders_are_listed_with_the_others(tmp_path: Path) -> None:
    done = newscrawl("sites", folder=PROJECT, NEWSCRAWL_SPIDERS="tests.relais")
    assert done.returncode == 0, done.stderr
    assert "relais.example" in done.stdout
    assert "maghress.com" in done.stdout
    for arguments in (["sites"], ["ingest", "http://127.0.0.1:1/a"]):
        done = newscrawl(*arguments, folder=tmp_path, NEWSCRAWL_SPIDERS="nosuchmodule")
        assert done.returncode == 2
        assert "the spiders of NEWSCRAWL_SPIDERS=nosuchmodule cannot be loaded: No module named" in done.stderr
