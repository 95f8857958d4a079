"""What a bundle's descriptions are made from: its files, its query, and what the database says of its articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from newscrawl.dataset.rights import Mode
from pipelines.coverage import Coverage
from pipelines.dictionary import Column

__all__ = ["DataFile", "Facts", "digest_of"]


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of articles in a bundle."""

    path: str
    """Within the bundle, with ``/``."""
    form: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a bundle but its descriptions."""

    title: str
    version: str
    """Of newscrawl."""
    rights: Mode
    query: dict[str, Any]
    """The filters that were set, by name."""
    coverage: Coverage
    columns: Sequence[Column]
    filled: dict[str, int]
    """Column → articles that have a value."""
    kept: dict[str, int]
    """How much of the text → articles: ``full``, ``snippet``, ``none``, and the reasons of less."""
    files: Sequence[DataFile]

    @property
    def identity(self) -> str:
        """SHA-256 of the data files' SHA-256 sums: the same data has the same, whoever made the bundle."""
        return sha256("".join(f"{file.sha256}\n" for file in self.files).encode()).hexdigest()

    @property
    def description(self) -> str:
        """One sentence or two for a catalogue."""
        return f"{self.rows:,} articles collected from news aggregators. README.md says how, and what is missing."

    @property
    def rows(self) -> int:
        """Articles in each of the files."""
        return self.coverage.articles


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
