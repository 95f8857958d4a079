"""newscrawl.toml: every key documented, option over environment over file over default, errors with their line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.config import ConfigError, load
from newscrawl.config.keys import KEYS, SITE_KEYS, THRESHOLD_KINDS
from newscrawl.config.toml_lines import lines_of
from newscrawl.config.values import duration
from newscrawl.verdict import Thresholds
from tests.command import newscrawl

EXAMPLE = files("newscrawl").joinpath("newscrawl.example.toml").read_text(encoding="utf-8")
UNCOMMENTED = re.sub(r"^#(?=[\w\[])", "", EXAMPLE, flags=re.MULTILINE)


def written(folder: Path, text: str) -> Path:
    path = folder / "newscrawl.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_as_it_is_changes_nothing(tmp_path: Path) -> None:
    config = load(written(tmp_path, EXAMPLE), {}, {})
    assert {value.origin for value in config.values.values()} == {"default"}
    assert config.sites == {}


def test_the_example_documents_every_key_with_its_default(tmp_path: Path) -> None:
    config = load(written(tmp_path, UNCOMMENTED), {}, {})
    assert [name for name, value in config.values.items() if value.origin == "default"] == []
    for key in KEYS:
        if key.name not in ("workers", "database"):  # these depend on the machine and on the file's place
            assert config[key.name] == key.default, key.name
    assert config["database"] == str(tmp_path / "data/news.db")
    site = config.sites["maghress"]
    assert site.arguments == {"editions": "fr,en", "newspapers": "none", "max_pages": "500"}
    assert set(tomllib.loads(UNCOMMENTED)["sites"]["maghress"]) >= SITE_KEYS.keys()
    assert config.thresholds("maghress") == Thresholds(stale_days=7.0, since="2026-01-31")
    assert config.thresholds("turess") == config.thresholds() == Thresholds()


def test_every_key_of_the_example_has_a_comment_above_it() -> None:
    lines = EXAMPLE.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#\w+ = ", line):
            assert (
                re.match(r"# \S", lines[number - 1])
                or lines[number - 1].startswith("#[")
                or "newspapers" in lines[number - 1]
                or "editions" in lines[number - 1]
            ), line


def test_every_threshold_is_a_key() -> None:
    assert {*THRESHOLD_KINDS, "since"} == set(Thresholds.__dataclass_fields__)


@pytest.mark.parametrize(
    ("file", "environment", "option", "value", "origin"),
    [
        ("", {}, None, 3.0, "default"),
        ("stale_days = 4", {}, None, 4.0, "newscrawl.toml line 3"),
        ("stale_days = 4", {"NEWSCRAWL_THRESHOLDS_STALE_DAYS": "5"}, None, 5.0, "environment NEWSCRAWL_THRESHOLDS"),
        ("stale_days = 4", {"NEWSCRAWL_THRESHOLDS_STALE_DAYS": "5"}, "6.5", 6.5, "option"),
        ("stale_days = 4", {"NEWSCRAWL_THRESHOLDS_STALE_DAYS": ""}, None, 4.0, "newscrawl.toml line 3"),
    ],
)
def test_option_over_environment_over_file_over_default(
    tmp_path: Path, file: str, environment: Mapping[str, str], option: str | None, value: float, origin: str
) -> None:
    path = written(tmp_path, f"# mine\n[thresholds]\n{file}\n")
    options = {"thresholds.stale_days": option} if option else {}
    found = load(path, options, environment).values["thresholds.stale_days"]
    assert (found.value, origin in found.origin) == (value, True), found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("contakt = 'x'", "line 1: there is no key 'contakt' (did you mean 'contact'?)."),
        ("\n\nworkers = -1", "line 3: workers must be a whole number of at least 0, not -1."),
        ("workers = true", "line 1: workers must be a whole number"),
        ("workers = '2'", "line 1: workers must be a whole number of at least 0, not '2'."),
        ("contact = 5", "line 1: contact must be a text in quotes"),
        ("languages = [\n 'fr',\n 'french',\n]\nworkers = 1", "line 1: languages must be a list of two-letter codes"),
        ("[thresholds]\n\nquiet_share = 2", "line 3: thresholds.quiet_share must be a number between 0 and 1, not 2."),
        (
            "thresholds.quiet = 0.1",
            "line 1: there is no key 'thresholds.quiet' (did you mean 'thresholds.quiet_share'?)",
        ),
        ("[treshold]\nquiet_share = 0.1", "line 2: there is no key 'treshold.quiet_share'"),
        ("thresholds = 3", "line 1: there is no key 'thresholds'"),
        ("[nonsense]", "line 1: there is no key 'nonsense'"),
        ("[webhook]\nwhen = 'never'", "line 2: webhook.when must be one of always, trouble, alarm, not 'never'."),
        ("[webhook]\ntimeout = 10", "line 2: webhook.timeout must be a duration such as 90s, 10m, 6h or 7d, not 10."),
        ("[webhook]\nurl = 'ftp://secret-token.example/'", "line 2: webhook.url must be an http or https address."),
        ("sites = ['maghress']", "line 1: sites must be tables"),
        ("[sites]\nmaghress = 1", "line 2: sites.maghress must be a table"),
        ("[sites.maghress]\nenabled = 'yes'", "line 2: sites.maghress.enabled must be true or false, not 'yes'."),
        ("[sites.maghress]\nbaseline_since = 'monday'", "line 2: sites.maghress.baseline_since must be a day"),
        ("[sites.maghress]\nmax_pages = 1.5", "line 2: max_pages must be a text, a whole number or a list"),
        ("[sites.a]\n[sites.a.thresholds]\nstale = 1", "line 3: there is no key 'stale' (did you mean 'stale_days'?)"),
        ("a = 1\na = 2", "is no TOML: Cannot overwrite a value (at line 2"),
        ("contact = ", "is no TOML: Invalid value (at line 1, the end)"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(written(tmp_path, text), {}, {})
    assert sentence in str(error.value)
    assert "newscrawl.toml" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("options", "environment", "sentence"),
    [
        ({"worker": "1"}, {}, "there is no key 'worker' (did you mean 'workers'?)."),
        ({"workers": "many"}, {}, "option: workers must be a whole number of at least 0, not 'many'."),
        ({}, {"NEWSCRAWL_LANGUAGES": "fr, english"}, "environment NEWSCRAWL_LANGUAGES: languages must be a list"),
    ],
)
def test_what_is_wrong_elsewhere(options: dict[str, str], environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(None, options, environment)
    assert sentence in str(error.value)


TRICKY = '''
# a = 1
title = "# not = a comment"
[ "quoted.name" ]   # a = 2
text = """
a = 3
[table]
"""
list = [
  1, # a = 4
  { b = 5 },
]
inline = { c = 6, "d e" = 7 }
dotted.deeper = 8

[[array]]
x = 1
'''


def test_lines_of_a_tricky_text() -> None:
    assert lines_of(TRICKY) == {
        ("title",): 3,
        ("quoted.name",): 4,
        ("quoted.name", "text"): 5,
        ("quoted.name", "list"): 9,
        ("quoted.name", "inline"): 13,
        ("quoted.name", "inline", "c"): 13,
        ("quoted.name", "inline", "d e"): 13,
        ("quoted.name", "dotted"): 14,
        ("quoted.name", "dotted", "deeper"): 14,
        ("array",): 16,
    }


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), unique=True, max_size=8), st.data())
def test_lines_of_any_flat_text(names: list[str], data: st.DataObject) -> None:
    lines: list[str] = []
    expected = {}
    for name in names:
        lines += data.draw(st.lists(st.sampled_from(["", "# x = 1", "   "]), max_size=2))
        value = data.draw(st.sampled_from(["1", '"y = 2"', "[\n1,\n2]", '"""\nz = 3\n"""']))
        expected[(name,)] = len("\n".join([*lines, ""]).splitlines()) + 1
        lines += f"{name} = {value}".split("\n")
    assert lines_of("\n".join(lines)) == expected


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("10m", 600), ("1h30m", 5400), ("7d", 604800), ("0s", 0)])
def test_durations(text: str, seconds: int) -> None:
    assert duration(text) == seconds


# As a user meets it


def test_config_prints_what_is_in_force_and_hides_secrets(tmp_path: Path) -> None:
    written(
        tmp_path, "workers = 2\n[webhook]\nurl = 'https://hooks.example/T0KEN'\n[sites.maghress]\neditions = 'fr'\n"
    )
    done = newscrawl(
        "--key", "contact=me@example.org", "config", "--json", folder=tmp_path, NEWSCRAWL_LANGUAGES="fr,pt"
    )
    keys = json.loads(done.stdout)["keys"]
    assert keys["workers"] == {"value": 2, "from": "newscrawl.toml line 1"}
    assert keys["contact"] == {"value": "me@example.org", "from": "option"}
    assert keys["languages"] == {"value": ["fr", "pt"], "from": "environment NEWSCRAWL_LANGUAGES"}
    assert keys["database"] == {"value": "data/news.db", "from": "default"}
    assert keys["webhook.url"]["value"] == "https://hooks.example/..."
    assert keys["sites.maghress.editions"] == {"value": "fr", "from": "newscrawl.toml line 4"}
    shown = newscrawl("config", "--db", "other.db", folder=tmp_path).stdout
    assert "T0KEN" not in shown
    assert re.search(r"database +other\.db +option --db", shown)


def test_the_example_can_be_written_even_where_a_file_is_wrong(tmp_path: Path) -> None:
    written(tmp_path, "no toml at all")
    done = newscrawl("config", "--example", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, EXAMPLE)


@pytest.mark.parametrize(
    ("text", "arguments", "sentence"),
    [
        ("workerz = 1", ["status"], "newscrawl.toml, line 1: there is no key 'workerz'"),
        ("[sites.nowhere]", ["crawl"], "there is no site 'nowhere'"),
        ("\n[sites.maghress]\nedition = 'fr'", ["crawl"], "newscrawl.toml, line 2: There is no argument 'edition'"),
        ("\n[sites.maghress]\neditions = 'xx'", ["config"], "newscrawl.toml, line 2: There is no edition 'xx'"),
        ("[sites.maghress]\nenabled = false", ["crawl"], "name a site to crawl"),
        ("", ["--config", "missing.toml", "status"], "there is no configuration file missing.toml"),
        ("", ["--key", "workers", "status"], "should read --key name=value"),
    ],
)
def test_a_wrong_configuration_is_a_usage_error(tmp_path: Path, text: str, arguments: list[str], sentence: str) -> None:
    written(tmp_path, text)
    done = newscrawl(*arguments, folder=tmp_path)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr


def test_the_file_decides_where_a_command_looks(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file = written(folder, "database = 'mine.db'")
    assert str(folder / "mine.db") in newscrawl("--config", file, "status", folder=tmp_path).stderr
    done = newscrawl("status", folder=tmp_path, NEWSCRAWL_CONFIG=str(file), NEWSCRAWL_DB="other.db")
    assert "There is no database other.db" in done.stderr
    assert "There is no database third.db" in newscrawl("--config", file, "status", "--db", "third.db").stderr


def test_the_languages_that_are_kept_decide_what_extract_prints(tmp_path: Path) -> None:
    text = "The harbour master closed the western quay on Monday while divers looked for the anchor. " * 5
    page = f"<html lang=en><body><h1>Quay closed for a week</h1><article><p>{text}</p></article></body></html>"
    (tmp_path / "page.html").write_text(page)
    asked = ["extract", "page.html", "--url", "https://example.org/quay"]
    found = {
        languages: json.loads(newscrawl("--key", f"languages={languages}", *asked, folder=tmp_path).stdout)["outcome"]
        for languages in ("en", "fr,es")
    }
    assert found == {"en": "article", "fr,es": "language-en"}
