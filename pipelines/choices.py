"""One value a field, chosen among its candidates; every candidate is kept, the chosen ones marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.items import Candidate

__all__ = ["first", "marked", "values"]


def values(candidates: Iterable[Candidate], field: str, *origins: str) -> list[str]:
    """A field's candidate values in order, each once; of the named origins only, when some are named."""
    return list(
        dict.fromkeys(one.value for one in candidates if one.field == field and (not origins or one.origin in origins))
    )


def first(candidates: Iterable[Candidate], field: str, *origins: str) -> str:
    """A field's first candidate value, or an empty string."""
    return next(iter(values(candidates, field, *origins)), "")


def marked(candidates: Sequence[Candidate], chosen: dict[str, str]) -> tuple[Candidate, ...]:
    """The candidates, each once, those whose value was chosen for its field marked.

    ``chosen`` holds a field's chosen candidate value as it stands in the candidates.
    """
    unique = dict.fromkeys(candidates)
    done: set[str] = set()
    result = []
    for one in unique:
        hit = one.field not in done and chosen.get(one.field, "") == one.value
        if hit:
            done.add(one.field)
        result.append(replace(one, chosen=hit))
    return tuple(result)
