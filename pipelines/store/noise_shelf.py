"""Learned noise models in data/news.db: every version is kept, at most one a site is in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from pipelines.items import NoiseModel
from pipelines.noise.evidence import LearnedBlock
from pipelines.store.database import explained
from pipelines.store.ledger import ensure_site
from pipelines.store.rows import Row, exact_time, time_of, to_second
from pipelines.store.transaction import Transaction

__all__ = ["NoiseShelf", "NoiseVersion"]

_VERSIONS = """
SELECT site, version, learned_at, pages, noise_models.articles, count(name) FILTER (WHERE NOT undone) AS blocks,
    count(name) FILTER (WHERE undone) AS undone, active
FROM noise_models LEFT JOIN noise_blocks ON model_id = id
WHERE ? IN ('', site) GROUP BY id ORDER BY site, version"""

_BLOCKS = """
SELECT name, sample, noise_blocks.articles, share, why, undone FROM noise_blocks JOIN noise_models ON id = model_id
WHERE site = ? AND version = ? ORDER BY noise_blocks.articles IS NULL, noise_blocks.articles DESC, name"""

_INSERT_MODEL = """
INSERT INTO noise_models (site, version, learned_at, pages, articles, active) VALUES (?, ?, ?, ?, ?, 0)"""

# What an earlier version learned keeps the sample and the reason it had there; the counts were of other pages.
_INSERT_BLOCK = """
INSERT INTO noise_blocks (model_id, name, sample, articles, share, why, undone)
SELECT ?1, ?2, coalesce(?3, old.sample), ?4, ?5, coalesce(?6, old.why), ?7 FROM (SELECT 1)
LEFT JOIN (SELECT sample, why FROM noise_blocks JOIN noise_models ON id = model_id
    WHERE site = ?8 AND name = ?2 AND sample IS NOT NULL ORDER BY version DESC LIMIT 1) AS old"""

_EVIDENCE = tuple(field.name for field in fields(LearnedBlock))


@dataclass(frozen=True, slots=True)
class NoiseVersion:
    """A line of a site's history of models."""

    site: str
    """The name of a site, or the host of pages that belong to none."""
    version: int
    learned_at: str
    """When the pages were last looked at for it: ``2025-07-01T09:30:00Z``."""
    pages: int
    articles: int
    """Different ones among the pages."""
    blocks: int
    undone: int
    active: bool
    """Whether it is in use."""


class NoiseShelf:
    """The models' part of :class:`~pipelines.store.Store`, which commits what is written here."""

    def __init__(self, connection: sqlite3.Connection, transaction: Transaction, path: Path) -> None:
        """Use ``Store.noise``."""
        self._connection = connection
        self._transaction = transaction
        self._path = path

    def models(self) -> dict[str, NoiseModel]:
        """The model in use of each site that has one, by the site's name; a model that knows nothing is none."""
        with explained(self._path):
            rows = self._connection.execute("SELECT site, version FROM noise_models WHERE active ORDER BY site")
            found = {row["site"]: self._model(row["site"], row["version"]) for row in rows.fetchall()}
        return {site: model for site, model in found.items() if model.blocks}

    def model(self, site: str) -> NoiseModel | None:
        """The model in use of one site."""
        with explained(self._path):
            sql = "SELECT version FROM noise_models WHERE active AND site = ?"
            row = self._connection.execute(sql, (site,)).fetchone()
            model = self._model(site, row["version"]) if row else None
        return model if model and model.blocks else None

    def versions(self, site: str = "") -> list[NoiseVersion]:
        """All versions of a site, or of all sites, the oldest first."""
        with explained(self._path):
            rows = self._connection.execute(_VERSIONS, (site,)).fetchall()
        return [NoiseVersion(**dict(row) | {"active": bool(row["active"])}) for row in rows]

    def blocks(self, site: str, version: int) -> list[Row]:
        """What a version knows, undone names too, the commonest first; columns as docs/data.md has them."""
        with explained(self._path):
            rows = self._connection.execute(_BLOCKS, (site, version)).fetchall()
        return [dict(row) | {"undone": bool(row["undone"])} for row in rows]

    def undone(self, site: str) -> frozenset[str]:
        """The names that a person called no noise of the site, as of its latest version."""
        with explained(self._path):
            return self._names(site, self._latest(site), undone=True)

    def save(
        self,
        model: NoiseModel,
        evidence: Iterable[LearnedBlock] = (),
        *,
        undone: Collection[str] = (),
        pages: int,
        articles: int,
        at: datetime,
    ) -> None:
        """Keep a new version of a site's model and use it from the next run on.

        Names without evidence were learned by an earlier version. ``undone`` are names that are never to be learned.
        """
        known = {block.name: block for block in evidence}
        with self._transaction.step() as connection:
            ensure_site(connection, model.site, to_second(at))
            values = (model.site, model.version, exact_time(at), pages, articles)
            number = connection.execute(_INSERT_MODEL, values).lastrowid
            for name in sorted({*model.blocks, *undone}):
                block = known.get(name)
                found = (block.sample, block.articles, block.share, block.why) if block else (None, None, None, None)
                connection.execute(_INSERT_BLOCK, (number, name, *found, int(name in undone), model.site))
            self.use(model.site, model.version)

    def confirm(self, site: str, version: int, *, pages: int, articles: int, at: datetime) -> None:
        """Keep that a version was found to be all there is to learn, and when."""
        with self._transaction.step() as connection:
            connection.execute(
                "UPDATE noise_models SET learned_at = ?, pages = ?, articles = ? WHERE site = ? AND version = ?",
                (exact_time(at), pages, articles, site, version),
            )

    def use(self, site: str, version: int | None) -> None:
        """Use this version of a site's model from the next run on; with None none.

        :raises KeyError: when there is no such version.
        """
        with self._transaction.step() as connection:
            connection.execute("UPDATE noise_models SET active = (version IS ?) WHERE site = ?", (version, site))
            chosen = "SELECT 1 FROM noise_models WHERE active AND site = ?"
            if version is not None and not connection.execute(chosen, (site,)).fetchone():
                raise KeyError(version)

    def undo(self, site: str, names: Collection[str]) -> NoiseModel:
        """A new version in use: the one in use now without some names, which are never learned again.

        :raises KeyError: when no version is in use, or it does not know one of the names.
        """
        with self._transaction.step():
            old = next((one for one in self.versions(site) if one.active), None)
            if old is None:
                raise KeyError(site)
            known = self._names(site, old.version, undone=False)
            if unknown := sorted(set(names) - known):
                raise KeyError(unknown[0])
            undone = self.undone(site) | set(names)
            model = NoiseModel(site, self._latest(site) + 1, known - undone)
            rows = [row for row in self.blocks(site, old.version) if row["articles"] is not None]
            evidence = [LearnedBlock(**{name: row[name] for name in _EVIDENCE}) for row in rows]
            at = time_of(old.learned_at)
            self.save(model, evidence, undone=undone, pages=old.pages, articles=old.articles, at=at)
        return model

    def _latest(self, site: str) -> int:
        """The number of the latest version; 0 when there is none."""
        sql = "SELECT coalesce(max(version), 0) FROM noise_models WHERE site = ?"
        (version,) = self._connection.execute(sql, (site,)).fetchone()
        return int(version)

    def _model(self, site: str, version: int) -> NoiseModel:
        return NoiseModel(site, version, self._names(site, version, undone=False))

    def _names(self, site: str, version: int, *, undone: bool) -> frozenset[str]:
        sql = """SELECT name FROM noise_blocks JOIN noise_models ON id = model_id
        WHERE site = ? AND version = ? AND undone = ?"""
        return frozenset(row["name"] for row in self._connection.execute(sql, (site, version, int(undone))))
