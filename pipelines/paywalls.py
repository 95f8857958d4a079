"""Whether a page keeps its text from readers who do not pay."""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement

__all__ = ["is_paywalled"]

_TIER = re.compile(r"^(?:locked|metered|premium|paid|subscriber|subscription|payant|abonn)", re.I)


def is_paywalled(node: dict[str, Any], tiers: list[str], tree: HtmlElement) -> bool:
    """True when the page says so: schema.org ``isAccessibleForFree`` false, or a content tier that is not free.

    ``node`` is the JSON-LD article, ``tiers`` the values of ``article:content_tier`` and its like.
    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    free = node.get("isAccessibleForFree")
    if free is False or str(free).strip().lower() in ("false", "no", "0"):
        return True
    return any(_TIER.match(tier.strip()) for tier in tiers)
