"""Measure how well pages, headlines and dates are read: see docs/quality.md for what the figures mean.

With neither --corpus, --headlines nor --dates, the project's own labelled pages are measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.quality import dates, headlines
from benchmarks.quality.documents import Document, load_documents
from benchmarks.quality.fields import FIELDS, field_scores
from benchmarks.quality.floors import own_scores, raise_floors
from benchmarks.quality.readers import OURS, READERS, missing, warm_reader
from benchmarks.quality.scores import COLUMNS, Measured, measure, page_f1, score
from benchmarks.quality.tables import table

OWN_PAGES = Path(__file__).resolve().parents[2] / "tests" / "corpus" / "pages"
USAGE_ERROR = 2

Tables = dict[str, list[tuple[str, dict[str, float]]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Tables on stdout, remarks on stderr; 0 done, 2 for arguments that cannot be used."""
    options = _parser().parse_args(arguments)
    found: Tables = {}
    try:
        if options.headlines:
            found["headlines"] = _headlines(options.headlines)
        if options.dates:
            found["dates"] = _dates(options.dates)
        if options.corpus or not found:
            found |= _pages(options)
    except (OSError, ValueError, KeyError) as error:
        print(f"quality: {error}", file=sys.stderr)
        return USAGE_ERROR
    if options.json:
        options.json.write_text(json.dumps({name: dict(rows) for name, rows in found.items()}, indent=1) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, help="folder of labelled pages, or a JSON Lines file of a public set (docs/quality.md)"
    )
    parser.add_argument("--peers", default="", help=f"comma-separated, of {', '.join(READERS)}; all: what is installed")
    parser.add_argument(
        "--by", choices=("language", "set", "both"), default="language", help="what a table is made for"
    )
    parser.add_argument("--sets", default="", help="only these sets of the corpus, comma-separated")
    parser.add_argument("--languages", default="", help="only pages labelled with these languages")
    parser.add_argument("--limit", type=int, default=0, help="only the first N pages of a table")
    parser.add_argument(
        "--worst", type=int, default=0, help="name the N pages of a table with the lowest body F1 (ours)"
    )
    parser.add_argument("--headlines", type=Path, help="JSON Lines of headlines with their language")
    parser.add_argument("--dates", type=Path, help="JSON Lines of date strings with their meaning")
    parser.add_argument("--pin", type=Path, help="raise the floors in this file to what our own pages score now")
    parser.add_argument("--json", type=Path, help="write all figures here too")
    return parser


def _pages(options: argparse.Namespace) -> Tables:
    documents = _chosen(load_documents(options.corpus or OWN_PAGES), options)
    if not documents:
        raise ValueError("no page is left to measure")
    readers = {name: warm_reader(name) for name in _names(options.peers)}
    found: Tables = {}
    ours: list[Measured] = []
    for group, members in _grouped(documents, options).items():
        # page by page through all readers: what else the machine does falls on all of them alike
        pages = [[measure(read, document) for read in readers.values()] for document in members]
        columns = {name: [page[at] for page in pages] for at, name in enumerate(readers)}
        found[group] = [(name, score(measured)) for name, measured in columns.items()]
        _show(group, found[group], COLUMNS)
        if all(document.labels for document in members):
            found[f"{group} fields"] = [(OURS, field_scores(columns[OURS]))]
            _show(f"{group}, fields", found[f"{group} fields"], (*FIELDS, "paragraphs"))
        _show_worst(columns[OURS], options.worst)
        ours += columns[OURS]
        _tell_errors(columns)
    if options.pin:
        raise_floors(options.pin, own_scores([page for page in ours if page.document.labels]))
    return found


def _names(asked: str) -> list[str]:
    """The readers to run: ours, and of those asked for the installed ones. Raises ``ValueError`` for unknown names."""
    everyone = list(READERS)
    peers = everyone if asked == "all" else [name.strip() for name in asked.split(",") if name.strip()]
    if unknown := [name for name in peers if name not in READERS]:
        raise ValueError(f"unknown peer {', '.join(unknown)}; known: {', '.join(READERS)}")
    absent = {name: reason for name in peers if (reason := missing(name))}
    for name, reason in absent.items():
        print(
            f"quality: {name} is left out ({reason}); to measure it: pip install -r benchmarks/requirements.txt",
            file=sys.stderr,
        )
    return [OURS, *(name for name in peers if name != OURS and name not in absent)]


def _chosen(documents: Sequence[Document], options: argparse.Namespace) -> list[Document]:
    sets, languages = set(filter(None, options.sets.split(","))), set(filter(None, options.languages.split(",")))
    return [
        document
        for document in documents
        if (not sets or document.set in sets) and (not languages or document.language in languages)
    ]


def _grouped(documents: Sequence[Document], options: argparse.Namespace) -> dict[str, list[Document]]:
    groups: dict[str, list[Document]] = {}
    for document in documents:
        group = {"language": document.language, "set": document.set}.get(
            options.by, f"{document.set} {document.language}"
        )
        groups.setdefault(group, []).append(document)
    return {name: members[: options.limit or None] for name, members in sorted(groups.items())}


def _headlines(file: Path) -> list[tuple[str, dict[str, float]]]:
    from pipelines.languages import detect

    rows = headlines.measure_headlines(file, lambda text: detect(text).code)
    _show("headlines", rows, headlines.COLUMNS)
    return rows


def _dates(file: Path) -> list[tuple[str, dict[str, float]]]:
    from pipelines.dates import read_date

    def read(row: Mapping[str, Any]) -> str | None:
        seen = datetime.fromisoformat(row["reference_time"])
        return read_date(row["raw"], language=row["lang_hint"] or "", reference=seen).at

    rows = dates.measure_dates(file, read)
    _show("dates", rows, dates.COLUMNS)
    return rows


def _show(heading: str, rows: Sequence[tuple[str, Mapping[str, float]]], columns: Sequence[str]) -> None:
    print(f"\n### {heading}\n\n{table(rows, columns)}", flush=True)


def _show_worst(pages: Sequence[Measured], count: int) -> None:
    for page in sorted(pages, key=page_f1)[:count]:
        print(f"  {page_f1(page):.3f}  {page.document.id}")


def _tell_errors(columns: Mapping[str, Sequence[Measured]]) -> None:
    for name, pages in columns.items():
        for page in pages:
            if page.error:
                print(f"quality: {name} failed on {page.document.id}: {page.error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
