"""Whether a page keeps its text from readers who do not pay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

__all__ = ["paywall_origin"]

_TIER = re.compile(r"(?:locked|metered|premium|paid|subscri|payant|abonn)", re.I)


def paywall_origin(node: dict[str, Any], tiers: Iterable[str]) -> str:
    """Where the page says that its text is for subscribers: ``json-ld``, ``meta``, or nowhere (empty).

    ``node`` is the JSON-LD article (``isAccessibleForFree`` false), ``tiers`` the values of ``article:content_tier``.
    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content

    >>> paywall_origin({"isAccessibleForFree": "False"}, [])
    'json-ld'
    >>> paywall_origin({}, ["free"])
    ''
    """
    if str(node.get("isAccessibleForFree", True)).strip().lower() in ("false", "no", "0"):
        return "json-ld"
    return "meta" if any(_TIER.match(tier.strip()) for tier in tiers) else ""
