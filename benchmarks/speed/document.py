"""Puts results into a document between markers: ``<!-- speed:race -->`` ... ``<!-- /speed:race -->``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.speed.bars import judge
from benchmarks.speed.plots import draw
from benchmarks.speed.tables import table_of, verdicts

__all__ = ["put", "write"]


def write(document: Path, found: Mapping[str, Any]) -> None:
    """Replace the tables of the parts that were measured, and draw their plots beside the document, in ``plots/``.

    ValueError, and nothing is written, when the document has no marker for a part.
    """
    text = document.read_text(encoding="utf-8")
    files: dict[str, str] = {}
    for part, results in found.items():
        drawn = draw(part, results)
        images = "\n".join(f"![{name.removesuffix('.svg')}](plots/{name})" for name in drawn)
        text = put(text, part, f"{table_of(part, results)}\n\n{images}")
        files |= drawn
    text = put(text, "bars", verdicts(judge(found)))
    plots = document.parent / "plots"
    plots.mkdir(exist_ok=True)
    for name, svg in files.items():
        (plots / name).write_text(svg, encoding="utf-8")
    document.write_text(text, encoding="utf-8")


def put(text: str, part: str, new: str) -> str:
    """The text with what stands between a part's markers replaced.

    >>> put("a <!-- speed:x -->old<!-- /speed:x --> b", "x", "new")
    'a <!-- speed:x -->\\nnew\\n<!-- /speed:x --> b'
    """
    begin, end = f"<!-- speed:{part} -->", f"<!-- /speed:{part} -->"
    found = re.search(f"{re.escape(begin)}.*?{re.escape(end)}", text, re.DOTALL)
    if found is None:
        raise ValueError(f"The document has no place for {part}: {begin} and {end}.")
    return f"{text[: found.start()]}{begin}\n{new}\n{end}{text[found.end() :]}"
