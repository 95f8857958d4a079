"""Writes a bundle: data files first, then the descriptions that are made from them, then the sums of all."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from newscrawl import __version__
from newscrawl.dataset import croissant, datapackage, datasette_files, listing, readme
from newscrawl.dataset.facts import DataFile, Facts, digest_of
from newscrawl.dataset.manifest import write_manifest
from newscrawl.dataset.page_wishes import allowed_text
from newscrawl.dataset.rights import Kept, Mode, keep
from newscrawl.export import default_columns, writer
from newscrawl.output import new_folder
from newscrawl.row_progress import counted
from newscrawl.selecting import query_of
from pipelines.archive import Archive
from pipelines.dictionary import Column, column
from pipelines.rows import Row
from pipelines.selected import Selected
from pipelines.store import StoreError

__all__ = ["COLUMNS", "FORMATS", "write_bundle"]

FORMATS = ("csv", "sqlite", "jsonl", "parquet", "feather")
ENDINGS = {"sqlite": "db"}
COLUMNS = default_columns("parquet")
"""The same in every file of every bundle, so that one dictionary does for all; two more say what became of the text."""
_ADDED = ("text_kept", "text_reason")


def write_bundle(
    selected: Selected, folder: Path, *, title: str, formats: Sequence[str], rights: Mode, database: Path, quiet: bool
) -> Facts:
    """Fill a new folder with a bundle. Nothing in it depends on when or where it is made.

    ``database``: where the articles come from; their pages beside it are asked what may be kept, if they are there.
    Raises OSError when the folder is not empty.
    """
    columns = [column(name) for name in (*COLUMNS, *_ADDED)]
    filled: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    with new_folder(folder) as part, ExitStack() as stack:
        (part / "data").mkdir()
        allowed = _page_reader(database, stack)
        files = []
        for number, form in enumerate(formats):
            rows = counted(selected.rows((*COLUMNS, "robots_forbids")), f"{form} file", quiet=quiet)
            given = keep(rows, rights, allowed, kept if number == 0 else Counter())
            path = f"data/articles.{ENDINGS.get(form, form)}"
            count = _write(_counting(given, filled) if number == 0 else given, part / path, form, columns)
            files.append(DataFile(path, form, count, (part / path).stat().st_size, digest_of(part / path)))
        facts = Facts(
            title=title,
            version=__version__,
            rights=rights,
            query=query_of(selected.selection),
            coverage=selected.coverage(),
            columns=columns,
            filled={one.name: filled[one.name] for one in columns},
            kept=dict(sorted(kept.items())),
            files=files,
        )
        for name, content in _descriptions(facts):
            (part / name).write_text(content, encoding="utf-8", newline="\n")
        write_manifest(part)
    return facts


def _descriptions(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "README.md", readme.text(facts)
    yield "dictionary.csv", listing.dictionary(facts)
    yield "newscrawl.json", listing.provenance(facts)
    yield "datapackage.json", datapackage.text(facts)
    yield "croissant.json", croissant.text(facts)
    if any(file.form == "sqlite" for file in facts.files):
        yield "metadata.yaml", datasette_files.metadata(facts)
        yield "datasette.yaml", datasette_files.configuration(facts)


def _write(rows: Iterable[Row], path: Path, form: str, columns: Sequence[Column]) -> int:
    with path.open("wb") as stream:
        return writer(form)(rows, stream, columns)


def _counting(rows: Iterable[Row], filled: Counter[str]) -> Iterator[Row]:
    for row in rows:
        filled.update(name for name, value in row.items() if value is not None and value not in ("", []))
        yield row


def _page_reader(database: Path, stack: ExitStack) -> Callable[[Row], Kept]:
    """What the page of an article allows; ``full`` where the page is not at hand."""
    path = Archive.path_for(database)
    if not path.exists():
        return lambda row: "full"
    try:
        archive = stack.enter_context(Archive.open(path, read_only=True))
    except (StoreError, sqlite3.DatabaseError):
        return lambda row: "full"

    def allowed(row: Row) -> Kept:
        page = archive.last_page_of(row["page_hash"]) if row["page_hash"] else None
        return allowed_text(page.headers, page.body) if page else "full"

    return allowed
