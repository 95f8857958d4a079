"""Brings pipelines/dictionary.tsv up to date with the tables of docs/data.md, where they are written and edited.

``python tools/data_dictionary.py``. A column that is new gets the kind that its type and description suggest: look at
it. Views are described in the dictionary alone, whose lines are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS, DICTIONARY = ROOT / "docs" / "data.md", ROOT / "pipelines" / "dictionary.tsv"
MOMENT = re.compile(r"at|gone_since|(?:first|last)_(?:seen|fetched)|(?!published|modified)\w+_at")
"""Columns whose times are always whole; ``published_at`` may be a day."""


def documented(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Table, column, type and description of every line; a section of two tables has them in its title's order."""
    for title, section in re.findall(r"^##+ ([^\n]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL):
        tables = ["export"] if title == "Exports" else title.removesuffix(" (view)").split(" and ")
        lists = re.split(r"^\| column .*\n", section, flags=re.MULTILINE)[1:]
        for table, lines in zip(tables, lists, strict=False):
            for name, kind, description in re.findall(r"^\| `(\w+)` \| (\w+) \| (.*?) ?\|$", lines, re.MULTILINE):
                yield table, name, kind, description


def kind_of(name: str, kind: str, description: str) -> str:
    """What a new column probably holds."""
    if description.startswith("JSON list of names"):
        return "list"
    if kind == "integer" and description.startswith("1 when"):
        return "flag"
    if MOMENT.fullmatch(name):
        return "moment"
    return "date" if name.endswith("_day") else kind


def main() -> None:
    """Write the dictionary."""
    head, *lines = (line.split("\t") for line in DICTIONARY.read_text(encoding="utf-8").splitlines())
    known = {(line[0], line[1]): line for line in lines}
    text = DOCS.read_text(encoding="utf-8")
    names = dict(
        re.findall(r"^\| `(\w+)` \| (`[\w(].*|- \| .*)\|$", text.partition("## Other people's names")[2], re.M)
    )
    fresh: dict[tuple[str, str], list[str]] = {}
    for table, name, kind, description in documented(text):
        old = known.get((table, name))
        others = old[5:] if old else ["-", "-"]
        if table == "articles" and name in names:
            others = [part.split("`")[1] if "`" in part else "-" for part in names[name].split(" | ")]
        kept = old[3] if old else kind_of(name, kind, description)
        fresh[table, name] = [table, name, kind, kept, description, *others]
    tables = {table for table, _ in fresh}
    kept_lines = [line for line in lines if line[0] not in tables]
    rows = [head, *fresh.values(), *kept_lines]
    DICTIONARY.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
