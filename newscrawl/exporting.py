"""Writes a selection of articles: to a file, to a file a language, or to a folder of Parquet files."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeVar

from newscrawl.export import Write, chunk_writer, default_columns, writer
from newscrawl.naming import Naming
from newscrawl.output import new_folder, open_output
from newscrawl.row_progress import counted
from pipelines.store.rows import Row
from pipelines.store.selected import Selected

__all__ = ["Export", "NothingToExportError"]

Part = TypeVar("Part")

_NO_MONTH = "undated"
"""Hive's own word for a part without a value cannot be read by pandas."""


class NothingToExportError(Exception):
    """No article is meant: no file is written, and what stood in its place is left alone."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a file shall hold, and how."""

    form: str
    """A format of :mod:`newscrawl.export`."""
    columns: tuple[str, ...] = ()
    """Our names; empty for what the format usually has."""
    schema: str = "newscrawl"
    since_run: int | None = None
    """Only what the runs after this one have changed, and what they took away."""
    limit: int | None = None
    excel: bool = False
    quiet: bool = False
    say: Callable[[str], None] = lambda sentence: None
    """Told what a person should know, in one sentence."""

    def to_file(self, selected: Selected, output: str) -> int:
        """Write one file, ``-`` for stdout, and return the number of rows.

        :raises NothingToExportError: when there are none.
        """
        naming = self._naming(())
        with open_output(output) as stream:
            return self._write(selected, stream, naming, output)

    def to_file_a_language(self, selected: Selected, output: str) -> dict[str, int]:
        """Write ``name.fr.csv``, ``name.en.csv`` ... for ``name.csv``; returns the rows by the files' names."""
        path, written = Path(output), {}
        for language in selected.languages():
            name = str(path.with_name(f"{path.stem}.{language}{path.suffix}"))
            written[name] = self.to_file(selected.of_language(language), name)
        if not written:
            raise NothingToExportError
        return written

    def to_folder(self, selected: Selected, folder: Path) -> int:
        """Write ``language=fr/month=2025-07/articles.parquet`` ... into a new folder; returns the number of rows.

        Language and month are in the paths alone, as readers of such folders expect.
        """
        naming, count, ending = self._naming(("language", "inLanguage")), 0, self.form
        with new_folder(folder) as part:
            for language, month, one in selected.parts():
                place = part / f"language={language}" / f"month={month or _NO_MONTH}"
                place.mkdir(parents=True)
                with (place / f"articles.{ending}").open("wb") as stream:
                    count += self._write(one, stream, naming, f"{language} {month or 'undated'}")
            if not count:
                raise NothingToExportError
        return count

    def _naming(self, without: Sequence[str]) -> Naming:
        names = self.columns or default_columns(self.form)
        first = () if self.since_run is None else ("url_key", "change")
        kept = [name for name in names if name not in without and name not in first]
        return Naming((*first, *kept), self.schema, strict=bool(self.columns))

    def _write(self, selected: Selected, stream: BinaryIO, naming: Naming, what: str) -> int:
        write_chunks = chunk_writer(self.form)
        if write_chunks and self.since_run is None and self.schema == "newscrawl":
            chunks = selected.chunks(naming.sources, limit=self.limit)
            some = _at_least_one(counted(chunks, what, quiet=self.quiet, size=len))
            return write_chunks(some, stream, naming.columns)
        if self.since_run is None:
            rows: Iterable[Row] = selected.rows(naming.sources, limit=self.limit)
        else:
            rows = selected.changes_since(self.since_run, naming.sources)
        there = _at_least_one(counted(rows, what, quiet=self.quiet))
        return self._writer()(naming.rows(there, objects=self.form == "jsonl"), stream, naming.columns)

    def _writer(self) -> Write:
        if self.form == "csv":
            csv = importlib.import_module("newscrawl.export.csv")
            return partial(csv.write, excel=self.excel, say=self.say)
        return writer(self.form)


def _at_least_one(parts: Iterable[Part]) -> Iterator[Part]:
    """The rows; raises NothingToExportError at once when there are none, so that not even a header is written."""
    left = iter(parts)
    first = next(left, None)
    if first is None:
        raise NothingToExportError
    return chain([first], left)
