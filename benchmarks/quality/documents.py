"""Labelled pages: the project's own folder of them, or a public set as JSON Lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

__all__ = ["Document", "load_documents", "load_folder", "load_jsonl"]

SHORTEST_KEPT = 6
"""Words below which an own paragraph is not asked for as a segment: a subhead may occur anywhere by chance."""


@dataclass(frozen=True, slots=True)
class Document:
    """One page with the right answers."""

    id: str
    set: str
    language: str
    url: str
    html: bytes
    fetched_at: datetime
    content_type: str = ""
    texts: tuple[str, ...] = ()
    """Right bodies, each good; none when the page is not labelled for its body."""
    kept: tuple[str, ...] = ()
    """Segments that belong to the body."""
    removed: tuple[str, ...] = ()
    """Segments that do not."""
    title: str = ""
    days: tuple[str, ...] | None = None
    """Right publication days (``2024-03-12``); empty when the page has no date, None when it is not labelled for it."""
    labels: Mapping[str, Any] = field(default_factory=dict)
    """All labels of an own page (see tests/corpus/README.md); empty for a public set."""


def load_documents(path: Path) -> list[Document]:
    """A folder of own pages or a JSON Lines file of a public set. Raises ``OSError`` or ``ValueError``."""
    return list(load_folder(path) if path.is_dir() else load_jsonl(path))


def load_folder(folder: Path) -> Iterator[Document]:
    """Own pages: ``<id>/page.html`` beside ``<id>/labels.json``, in the order of their ids."""
    for labels_file in sorted(folder.glob("*/labels.json")):
        labels = json.loads(labels_file.read_text(encoding="utf-8"))
        yield _own(labels_file.parent, labels)


def _own(folder: Path, labels: Mapping[str, Any]) -> Document:
    paragraphs = [text for text in (labels["standfirst"], *labels["body"]) if text]
    published = labels["published"]
    return Document(
        id=folder.name,
        set="own",
        language=labels["language"],
        url=labels["url"],
        html=(folder / "page.html").read_bytes(),
        fetched_at=datetime.fromisoformat(labels["fetched_at"]),
        content_type=labels["content_type"],
        texts=("\n\n".join(paragraphs),),
        kept=tuple(text for text in paragraphs if len(text.split()) >= SHORTEST_KEPT and " | " not in text),
        removed=tuple(labels["segments"]),
        title=labels["title"],
        days=_days_of(published) if published else (),
        labels=labels,
    )


def _days_of(published: str) -> tuple[str, ...]:
    """The day as written and, where the zone is known, the day in UTC: both name the instant."""
    days = {published[:10]}
    if len(published) > len("2024-03-12"):
        days.add(datetime.fromisoformat(published).astimezone(UTC).date().isoformat())
    return tuple(sorted(days))


def load_jsonl(file: Path) -> Iterator[Document]:
    """A public set: one object a line.

    Fields ``id``, ``set``, ``html`` (a path beside the file; ``.gz`` is unpacked), ``url``, ``lang`` and, as far as
    labelled, ``text``, ``text_alt``, ``with``, ``without``, ``title``, ``date`` (a list of accepted days). A page
    counts as seen the day after its last accepted day, since such sets do not say when it was fetched.
    """
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield _public(file.parent, json.loads(line))


def _public(folder: Path, row: Mapping[str, Any]) -> Document:
    page = (folder / row["html"]).read_bytes()
    days = tuple(row["date"]) if row.get("date") else None
    return Document(
        id=row["id"],
        set=row["set"],
        language=row["lang"],
        url=row.get("url") or "",
        html=gzip.decompress(page) if row["html"].endswith(".gz") else page,
        fetched_at=datetime.now(UTC) if not days else datetime.fromisoformat(max(days) + "T12:00Z") + timedelta(days=1),
        texts=tuple(row[name] for name in ("text", "text_alt") if row.get(name)),
        kept=tuple(row.get("with") or ()),
        removed=tuple(row.get("without") or ()),
        title=row.get("title") or "",
        days=days,
    )
