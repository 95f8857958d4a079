"""The version of all that decides an article beside its page: code, tables, libraries, site rules, languages, noise.

It is a checksum and no number that somebody has to remember to raise: a forgotten one would hide for ever which
articles old rules made, while one that changes too often costs a re-extraction that changes nothing. A learned noise
model has a number of its own, since it belongs to one site.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.extraction_pool import Rulebook

__all__ = ["fingerprint", "rule_files"]

_FOLDER = Path(__file__).parent
_LIBRARIES = ("trafilatura", "htmldate", "justext", "lxml", "dateparser", "langdetect", "py3langid", "tzdata")
"""Whose answers go into articles."""
_IMPORT = re.compile(r"^from pipelines(?:\.(\w+))? import (\([^)]*\)|[^\n]*)", re.MULTILINE)
_TABLES = (".tsv", ".json")
_LENGTH = 8


def fingerprint(rulebook: Rulebook) -> str:
    """Eight hexadecimal digits; the same for rulebooks that read every page alike, learned noise aside."""
    parts = (_code(), repr(tuple(rulebook.rules)), repr(tuple(rulebook.languages)))
    return sha256("\0".join(parts).encode()).hexdigest()[:_LENGTH]


@cache
def _code() -> str:
    """A checksum of the files and libraries that read a page."""
    found = sha256()
    for name in rule_files():
        found.update(name.encode() + b"\0" + (_FOLDER / name).read_bytes())
    for library in _LIBRARIES:
        found.update(f"{library} {_version(library)}".encode())
    return found.hexdigest()


@cache
def rule_files() -> tuple[str, ...]:
    """The files of this package that ``to_article`` is made of: what article.py imports, and so on, and the tables."""
    known = {entry.name for entry in _FOLDER.iterdir()}
    found, waiting = set[str](), ["article.py"]
    while waiting:
        name = waiting.pop()
        if name not in found and name in known:
            found.add(name)
            for module, names in _IMPORT.findall((_FOLDER / name).read_text(encoding="utf-8")):
                waiting += [f"{one}.py" for one in ([module] if module else re.findall(r"\w+", names))]
    return tuple(sorted([*found, *(name for name in known if name.endswith(_TABLES))]))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
