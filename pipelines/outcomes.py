"""Which outcomes settle a URL, and which of two counts when a URL had both in one run."""

from __future__ import annotations

import re

__all__ = ["is_final", "rank"]

_FINAL = re.compile(
    r"stored|updated|unchanged|not-modified|withdrawn|listed|duplicate|redirected"
    r"|older|worse|gone|no-text|not-html|too-large|unreadable|bad-url|http-404|http-410|language-.+"
)
_RANKS = {"stored": 5, "updated": 4, "unchanged": 3, "not-modified": 3, "listed": 3, "older": 3, "known": 0}


def is_final(outcome: str) -> bool:
    """Whether fetching the URL again would tell nothing new.

    A word this list does not know is not final: better a second request than a lost article. Timeouts, refused
    connections, 403, 429, 5xx, robots.txt and what the operator did not select may all be different tomorrow.

    >>> is_final("language-pt"), is_final("http-503")
    (True, False)
    """
    return _FINAL.fullmatch(outcome) is not None


def rank(outcome: str) -> int:
    """The better outcome of a run has the higher rank; of equals the later counts.

    One page is often linked under several addresses: what was stored under the first and found unchanged under the
    second was stored in this run.

    >>> rank("stored") > rank("unchanged") > rank("http-404") > rank("timeout") > rank("known")
    True
    """
    return _RANKS.get(outcome, 2 if is_final(outcome) else 1)
