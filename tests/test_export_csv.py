"""CSV: the csv module, Python's own and LibreOffice's, reads the cells that were written, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from export_rows import TITLES, database
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.export.csv import EXCEL_CELL, cell, original, write
from newscrawl.exporting import Export
from pipelines.store import Store
from pipelines.store.dictionary import column
from pipelines.store.selection import Selection

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
RISKY = st.text(st.sampled_from("=+-@'\t\n\r ＝x\"")) | TEXT
TITLE = column("title")


def export(database: Path, output: Path, **options: object) -> Path:
    with Store.open(database, read_only=True) as store:
        Export("csv", quiet=True, **options).to_file(store.select(Selection()), str(output))  # type: ignore[arg-type]
    return output


def read(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, strict=True))


@given(st.lists(st.lists(RISKY, min_size=2, max_size=2), max_size=5))
def test_the_csv_module_reads_what_was_written(rows: list[list[str]]) -> None:
    stream = io.BytesIO()
    columns = [TITLE, column("body")]
    write(({"title": title, "body": body} for title, body in rows), stream, columns)
    found = list(csv.reader(io.StringIO(stream.getvalue().decode(), newline=""), strict=True))
    assert found == [["title", "body"], *([cell(title), cell(body)] for title, body in rows)]
    back = [[original(value) for value in row] for row in found[1:]]
    assert back == [[text.replace("\r\n", "\n").replace("\r", "\n") for text in row] for row in rows]


@given(RISKY)
def test_no_cell_is_a_formula(text: str) -> None:
    """Neither as it stands nor trimmed; a number is never written as a text."""
    written = cell(text)
    assert written.strip()[:1] not in ("=", "+", "-", "@", "＝", "＋", "－", "＠") or written == ""
    assert written[:1] not in ("\t", "\n", "\r")
    assert original(written) == text.replace("\r\n", "\n").replace("\r", "\n")


DOCUMENTED = re.search(
    r'frame\.replace\(r"(.+)", "", regex',
    (Path(__file__).parent.parent / "docs/datasets.md").read_text(encoding="utf-8"),
)


@given(RISKY)
def test_the_documented_pattern_gives_the_text_back(text: str) -> None:
    assert DOCUMENTED
    assert re.sub(DOCUMENTED[1], "", cell(text)) == original(cell(text))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (0, 0),
        (0.987, 0.987),
        (True, 1),
        ([], ""),
        (["=cmd", "B"], "'=cmd; B"),
        ("plain", "plain"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("'Ndrangheta", "'Ndrangheta"),
        ("--", "'--"),
    ],
)
def test_cells(value: object, written: object) -> None:
    assert cell(value) == written


def test_an_export_has_every_title(tmp_path: Path) -> None:
    header, *rows = read(export(database(tmp_path / "news.db"), tmp_path / "out.csv"))
    place = header.index("title")
    assert sorted(original(row[place]) for row in rows) == sorted(TITLES)
    assert {len(row) for row in rows} == {len(header)}


def test_excel_gets_a_byte_order_mark_and_cells_that_fit(tmp_path: Path) -> None:
    stream = io.BytesIO()
    said: list[str] = []
    long = "é" * (EXCEL_CELL - 1) + "👍"
    rows = [{"title": "court"}, {"title": long}, {"title": "x" * EXCEL_CELL}]
    assert write(rows, stream, [TITLE], excel=True, say=said.append) == 3
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig")))]
    assert cells[:2] == ["title", "court"]
    assert cells[2] == "é" * (EXCEL_CELL - 1) + "…"
    assert cells[3] == "x" * EXCEL_CELL
    assert max(len(text.encode("utf-16-le")) // 2 for text in cells) == EXCEL_CELL
    assert len(said) == 1
    assert said[0].startswith("1 text")


# As newscrawl's documentation says to open the file: UTF-8, comma, double quotes, "format quoted field as text".
# https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html
AS_DOCUMENTED = "CSV:44,34,76,1,,0,true,false"
BY_DEFAULT = "CSV:44,34,76,1,,0,false,false"
OFFICE = os.environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")


def office(path: Path, how: str, folder: Path) -> list[list[str]]:
    """The cells that LibreOffice Calc has after opening the file: the values, not as they are shown."""
    assert OFFICE
    filters = how.replace("CSV:", "Text - txt - csv (StarCalc):")
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", f"--infilter={filters}",
         "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false",
         "--outdir", str(folder / "cells"), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return read(folder / "cells" / path.name)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed (Debian: apt-get install libreoffice-calc)")
def test_libreoffice_has_the_same_cells(tmp_path: Path) -> None:
    path = export(database(tmp_path / "news.db"), tmp_path / "out.csv")
    assert office(path, AS_DOCUMENTED, tmp_path) == read(path)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed (Debian: apt-get install libreoffice-calc)")
def test_libreoffice_runs_nothing_even_when_it_may(tmp_path: Path) -> None:
    """Opened without a thought, texts that are numbers become numbers, and no text becomes a formula."""
    path = export(database(tmp_path / "news.db"), tmp_path / "out.csv")
    header, *rows = read(path)
    _, *cells = office(path, BY_DEFAULT, tmp_path)
    place = header.index("title")
    titles = [row[place] for row in rows]
    assert [row[place] for row in cells] == [{"007": "7", "1E5": "100000"}.get(title, title) for title in titles]
