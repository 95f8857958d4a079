"""The day that an article's address names."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["url_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"0?[1-9]|[12]\d|3[01]"
_URL_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:"
    r"(?P<gap>[/_-])(?P<m>0?[1-9]|1[0-2]|(?:" + "|".join(_MONTHS) + rf")[a-z]*)(?P=gap)(?P<d>{_DAY})(?!\d)"
    r"|(?<=/\d{4})(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])(?!\d))"
)


def url_date(url: str) -> str:
    """The day that an address names, in ISO form; empty when it names none.

    >>> url_date("https://example.org/2024/3/07/le-port")
    '2024-03-07'
    >>> url_date("https://example.org/2024/mar/07/the-port")
    '2024-03-07'
    >>> url_date("https://example.org/20240307/le-port")
    '2024-03-07'
    >>> url_date("https://example.org/2024/02/31/le-port")
    ''
    """
    match = _URL_DATE.search(url)
    if not match:
        return ""
    month, day = match["m"] or match["mm"], match["d"] or match["dd"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        return date(int(match["y"]), number, int(day)).isoformat()
    except ValueError:
        return ""
