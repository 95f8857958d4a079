"""Kinds of configuration values: each reads what a file or the environment says, or says in one sentence what is wrong.

A reader takes a TOML value; text from the environment or the command line goes through :func:`from_text` first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias
from urllib.parse import urlsplit

__all__ = [
    "Reader",
    "choice",
    "day",
    "duration",
    "flag",
    "from_text",
    "languages",
    "number",
    "scheduler_address",
    "text",
    "web_address",
    "whole",
]

Reader: TypeAlias = Callable[[Any], Any]
"""From a TOML value to the value in force; raises ValueError, whose message goes on after "... must be"."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def text(value: Any) -> str:
    """Any text."""
    if not isinstance(value, str):
        raise ValueError("a text in quotes")
    return value


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def whole(least: int) -> Reader:
    """A whole number, at least so large."""

    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ValueError(f"a whole number of at least {least}")
        return value

    return read


def number(least: float, most: float | None = None) -> Reader:
    """A number within bounds, these included."""
    bounds = f"of at least {least:g}" if most is None else f"between {least:g} and {most:g}"

    def read(value: Any) -> float:
        fits = isinstance(value, int | float) and not isinstance(value, bool) and value >= least
        if not fits or (most is not None and value > most):
            raise ValueError(f"a number {bounds}")
        return float(value)

    return read


def choice(*words: str) -> Reader:
    """One of some words."""

    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return str(value)

    return read


def duration(value: Any) -> int:
    """Seconds, from a text such as ``90s``, ``10m``, ``6h`` or ``7d``.

    >>> duration("1h30m"), duration("7d")
    (5400, 604800)
    """
    if isinstance(value, str) and re.fullmatch(r"(\d+[smhd])+", value):
        return sum(int(count) * _UNITS[unit] for count, unit in re.findall(r"(\d+)([smhd])", value))
    raise ValueError("a duration such as 90s, 10m, 6h or 7d")


def languages(value: Any) -> list[str]:
    """ISO 639-1 codes."""
    if (
        isinstance(value, list)
        and value
        and all(isinstance(one, str) and re.fullmatch("[a-z]{2}", one) for one in value)
    ):
        return list(dict.fromkeys(value))
    raise ValueError('a list of two-letter codes such as ["fr", "en"]')


def day(value: Any) -> str:
    """A day, as text or as TOML's own date; given back as ``2026-01-31``."""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError("a day such as 2026-01-31") from None


def web_address(value: Any) -> str:
    """An http or https address, or an empty text for none."""
    if isinstance(value, str) and (
        not value or (urlsplit(value).scheme in {"http", "https"} and urlsplit(value).hostname)
    ):
        return value
    raise ValueError("an http or https address")


def scheduler_address(value: Any) -> str:
    """The address of a Dask scheduler, or an empty text for none.

    >>> scheduler_address("tls://10.0.0.1:8786")
    'tls://10.0.0.1:8786'
    """
    if isinstance(value, str) and (
        not value or (urlsplit(value).scheme in {"tcp", "tls", "ws", "wss", "ucx"} and urlsplit(value).hostname)
    ):
        return value
    raise ValueError("the address of a Dask scheduler such as tcp://scheduler:8786")


def from_text(reader: Reader, value: str) -> Any:
    """Read what the environment or the command line says: lists with commas, numbers and truth values as such."""
    if reader is languages:
        return reader([one for one in re.split(r"[\s,]+", value.strip()) if one])
    for form in (value, _plain(value)):
        try:
            return reader(form)
        except ValueError as error:
            wrong = error
    raise wrong


def _plain(value: str) -> Any:
    if value.lower() in {"true", "false"}:
        return value.lower() == "true"
    for form in (int, float):
        try:
            return form(value)
        except ValueError:
            continue
    return value
