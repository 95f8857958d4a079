"""newscrawl in a notebook or a program: stored articles as dataclasses, and as pandas or Polars frames."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from newscrawl.export import default_columns
from pipelines.dictionary import EXPORTABLE, Column, column
from pipelines.items import Article
from pipelines.rows import ARTICLE_COLUMNS, article_from_row
from pipelines.selection import Selection
from pipelines.store import Store

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["Filters", "articles", "to_pandas", "to_polars"]


class Filters(TypedDict, total=False):
    """What the functions of this module take; all must hold, and what is not given lets everything through."""

    languages: Collection[str]
    """ISO 639-1 codes, for example ``["fr", "es"]``."""
    since: str
    """First day or month, ``2026-01-31`` or ``2026-01``."""
    until: str
    """Last day or month, included."""
    publishers: Collection[str]
    sites: Collection[str]
    words: str
    """All of these: ``'"banque centrale" inflat*'``."""
    runs: Collection[int]
    """Stored or changed by one of these runs."""


def articles(
    database: str | Path | None = None, *, limit: int | None = None, **filters: Unpack[Filters]
) -> Iterator[Article]:
    """The stored articles, oldest first, undated last; read as they are asked for, however many there are.

    ``database`` is ``NEWSCRAWL_DB`` or ``data/news.db`` when not given. Raises StoreError when it cannot be read, and
    ValueError for a filter that is none.
    """
    for row in _rows(database, ARTICLE_COLUMNS, limit, filters):
        yield article_from_row(row)


def to_pandas(
    database: str | Path | None = None,
    *,
    columns: Sequence[str] = (),
    limit: int | None = None,
    **filters: Unpack[Filters],
) -> pandas.DataFrame:
    """The articles as a pandas frame, all in memory; needs pandas (``newscrawl[pandas]``).

    ``columns`` as with ``newscrawl export --columns``; moments have the type of their column in Parquet, days are
    ``datetime.date``.
    """
    import pandas as pd

    chosen = _columns(columns)
    values = _by_column(database, chosen, limit, filters)
    frame = pd.DataFrame({name: pd.Series(values[name], dtype=_pandas_type(own)) for name, own in chosen.items()})
    for name, own in chosen.items():
        if own.kind == "moment":
            frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    return frame


def to_polars(
    database: str | Path | None = None,
    *,
    columns: Sequence[str] = (),
    limit: int | None = None,
    **filters: Unpack[Filters],
) -> polars.DataFrame:
    """The articles as a Polars frame, all in memory, with the types of Parquet; needs ``newscrawl[polars]``."""
    import polars as pl

    types: dict[str, Any] = {
        "text": pl.String(),
        "list": pl.List(pl.String()),
        "integer": pl.Int64(),
        "real": pl.Float64(),
        "flag": pl.Boolean(),
        "date": pl.Date(),
        "moment": pl.Datetime("us", "UTC"),
    }
    chosen = _columns(columns)
    values = _by_column(database, chosen, limit, filters)
    return pl.DataFrame({name: pl.Series(name, values[name], dtype=types[own.kind]) for name, own in chosen.items()})


def _columns(names: Sequence[str]) -> dict[str, Column]:
    wanted = tuple(names) or default_columns("parquet")
    if unknown := [name for name in wanted if name not in EXPORTABLE]:
        raise ValueError(f"There is no column {unknown[0]!r}. There are {', '.join(EXPORTABLE)}.")
    return {name: column(name) for name in wanted}


def _by_column(
    database: str | Path | None, columns: dict[str, Column], limit: int | None, filters: Filters
) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {name: [] for name in columns}
    for row in _rows(database, tuple(columns), limit, filters):
        for name, value in row.items():
            values[name].append(value)
    for name, own in columns.items():
        if own.kind == "date":
            values[name] = [value and date.fromisoformat(value) for value in values[name]]
        elif own.kind == "moment":
            values[name] = [value and datetime.fromisoformat(value) for value in values[name]]
    return values


def _pandas_type(own: Column) -> Any:
    types = {"text": "string", "integer": "Int64", "real": "float64", "flag": "bool"}
    return types.get(own.kind, "object")


def _rows(
    database: str | Path | None, columns: Sequence[str], limit: int | None, filters: Filters
) -> Iterator[dict[str, Any]]:
    path = Path(database or os.environ.get("NEWSCRAWL_DB", "data/news.db"))
    with Store.open(path, read_only=True) as store, store.moment():
        yield from store.select(Selection(**filters)).rows(columns, limit=limit)
