"""Spider arguments (``-a name=value``): read them, or say in one sentence what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

__all__ = ["SpiderArgumentError", "read_count", "read_day", "read_names", "read_urls", "refuse_unknown"]


class SpiderArgumentError(ValueError):
    """A spider argument that does not exist or has a wrong value; the message is one sentence."""


def refuse_unknown(spider: str, arguments: Mapping[str, Any], known: Iterable[str]) -> None:
    """Raise SpiderArgumentError for a name that the spider does not take."""
    for name in arguments:
        if name not in known:
            raise SpiderArgumentError(f"There is no argument {name!r}: {spider} takes {', '.join(known)}.")


def read_count(name: str, value: object) -> int | None:
    """A positive whole number, None when there is none; raises SpiderArgumentError for anything else."""
    if value is None:
        return None
    text = str(value).strip()
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SpiderArgumentError(f"The argument {name} is {text!r}: it must be a whole number above zero.")
    return int(text)


def read_day(name: str, value: object) -> str:
    """A day ``2026-01-31`` or month ``2026-01``, empty when there is none; SpiderArgumentError for anything else."""
    if value is None:
        return ""
    text = str(value).strip()
    for form in ("%Y-%m-%d", "%Y-%m"):
        try:
            return datetime.strptime(text, form).strftime(form)
        except ValueError:
            continue
    raise SpiderArgumentError(f"The argument {name} is {text!r}: write a day as 2026-01-31 or a month as 2026-01.")


def read_names(name: str, value: object) -> list[str]:
    """Names separated by commas or white space, each once, in lower case; an empty list when there is no value.

    >>> read_names("editions", "fr, EN,fr")
    ['fr', 'en']

    :raises SpiderArgumentError: for a value that names nothing.
    """
    if value is None:
        return []
    names = [one for one in re.split(r"[\s,]+", str(value).lower()) if one]
    if not names:
        raise SpiderArgumentError(f"The argument {name} is empty: leave it out, or name some, with commas.")
    return list(dict.fromkeys(names))


def read_urls(value: object) -> list[str]:
    """URLs from a text (separated by white space, or by commas before ``http``) or from a list; each once.

    >>> read_urls("https://a.example/1,2.html,http://b.example/ c")
    ['https://a.example/1,2.html', 'http://b.example/', 'c']
    """
    if isinstance(value, str):
        value = re.split(r"\s*,\s*(?=[A-Za-z][A-Za-z0-9+.-]*://)|\s+", value)
    if not isinstance(value, Iterable):
        return []
    return list(dict.fromkeys(text for one in value if (text := str(one).strip())))
