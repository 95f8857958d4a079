"""Learned noise models in data/news.db: every version is kept, one a site is in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from pipelines.items import NoiseModel
from pipelines.noise_evidence import LearnedBlock

__all__ = ["read_models", "undone_names", "use_model", "write_model"]


def read_models(connection: sqlite3.Connection) -> dict[str, NoiseModel]:
    """The model in use of each site that has one, by the site's name."""
    return {
        row["site"]: NoiseModel(row["site"], row["version"], _names(connection, row["id"], undone=False))
        for row in connection.execute("SELECT id, site, version FROM noise_models WHERE active ORDER BY site")
    }


def undone_names(connection: sqlite3.Connection, site: str) -> frozenset[str]:
    """What a person called no noise of the site, as of its latest version."""
    latest = connection.execute(
        "SELECT id FROM noise_models WHERE site = ? ORDER BY version DESC LIMIT 1", (site,)
    ).fetchone()
    return _names(connection, latest["id"], undone=True) if latest else frozenset()


def write_model(
    connection: sqlite3.Connection,
    model: NoiseModel,
    evidence: Iterable[LearnedBlock],
    undone: Collection[str],
    pages: int,
    articles: int,
    at: str,
) -> None:
    """Keep a version and use it. Names without evidence of their own were learned by an earlier version."""
    known = {block.name: block for block in evidence}
    number = connection.execute(
        "INSERT INTO noise_models (site, version, learned_at, pages, articles, active) VALUES (?, ?, ?, ?, ?, 0)",
        (model.site, model.version, at, pages, articles),
    ).lastrowid
    rows = []
    for name in sorted({*model.blocks, *undone}):
        block = known.get(name)
        found = (block.sample, block.articles, block.share, block.why) if block else (None, None, None, None)
        rows.append((number, name, *found, int(name in undone)))
    connection.executemany(
        "INSERT INTO noise_blocks (model_id, name, sample, articles, share, why, undone) VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    use_model(connection, model.site, model.version)


def use_model(connection: sqlite3.Connection, site: str, version: int | None) -> None:
    """Use this version of a site's model from now on; with None none."""
    connection.execute("UPDATE noise_models SET active = (version IS ?) WHERE site = ?", (version, site))


def _names(connection: sqlite3.Connection, model: int, *, undone: bool) -> frozenset[str]:
    found = connection.execute("SELECT name FROM noise_blocks WHERE model_id = ? AND undone = ?", (model, int(undone)))
    return frozenset(row["name"] for row in found)
