"""One value a field, chosen among its candidates; every candidate is kept, the chosen ones marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.items import Candidate

__all__ = ["first", "marked", "values"]


def values(candidates: Iterable[Candidate], field: str, *origins: str) -> list[str]:
    """A field's candidate values in order, each once; of the named origins only, when some are named."""
    return list({one.value: 0 for one in candidates if one.field == field and (not origins or one.origin in origins)})


def first(candidates: Iterable[Candidate], field: str, *origins: str) -> str:
    """A field's first candidate value, or an empty string."""
    return next(iter(values(candidates, field, *origins)), "")


def marked(candidates: Iterable[Candidate], chosen: Mapping[str, str]) -> tuple[Candidate, ...]:
    """The candidates in order, each once; the first of a field with the chosen value is marked.

    ``chosen`` holds a field's chosen value as the candidate has it, before any cleaning.
    """
    result = []
    open_fields = {field for field, value in chosen.items() if value}
    for one in dict.fromkeys(candidates):
        hit = one.field in open_fields and chosen[one.field] == one.value
        if hit:
            open_fields.discard(one.field)
        result.append(one if hit == one.chosen else Candidate(one.field, one.value, one.origin, hit))
    return tuple(result)
