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

__all__ = ["code_version", "fingerprint", "library_versions", "rule_files"]

_FOLDER = Path(__file__).parent
_LIBRARIES = ("trafilatura", "htmldate", "justext", "lxml", "dateparser", "langdetect", "py3langid", "tzdata")
"""Whose answers go into articles."""
_IMPORT = re.compile(r"^from pipelines(?:\.([\w.]+))? import (\([^)]*\)|[^\n]*)", re.MULTILINE)
_TABLES = (".tsv", ".json")
_LENGTH = 8


def fingerprint(rulebook: Rulebook) -> str:
    """Eight hexadecimal digits; the same for rulebooks that read every page alike, learned noise aside."""
    parts = (code_version(), repr(tuple(rulebook.rules)), repr(tuple(rulebook.languages)))
    return sha256("\0".join(parts).encode()).hexdigest()[:_LENGTH]


@cache
def code_version() -> str:
    """A checksum of the files and libraries that read a page."""
    found = sha256()
    for name in rule_files():
        found.update(name.encode() + b"\0" + (_FOLDER / name).read_bytes())
    for library, installed in library_versions():
        found.update(f"{library} {installed}".encode())
    return found.hexdigest()


def library_versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of the libraries whose answers go into articles; an empty version for one that is missing."""
    return tuple((library, _version(library)) for library in _LIBRARIES)


@cache
def rule_files() -> tuple[str, ...]:
    """The files of this package that ``to_article`` is made of: what article.py imports, and so on, and the tables."""
    found, waiting = set[str](), ["article"]
    while waiting:
        module = waiting.pop()
        for name in _files_of(module):
            if name not in found:
                found.add(name)
                for one, names in _IMPORT.findall((_FOLDER / name).read_text(encoding="utf-8")):
                    # What stands behind `import` may be a module too.
                    waiting += [one, *(f"{one}.{each}".strip(".") for each in re.findall(r"\w+", names))]
    folders = {(_FOLDER / name).parent for name in found}
    tables = (table for folder in folders for table in folder.iterdir() if table.suffix in _TABLES)
    return tuple(sorted([*found, *(str(table.relative_to(_FOLDER)) for table in tables)]))


def _files_of(module: str) -> list[str]:
    """The files of a module by its dotted name within this package: itself, or its package's ``__init__``."""
    path = module.replace(".", "/")
    parents = [f"{path[:at]}/__init__.py" for at, sign in enumerate(path) if sign == "/"]
    return [name for name in (f"{path}.py", f"{path}/__init__.py", *parents) if (_FOLDER / name).is_file()]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
