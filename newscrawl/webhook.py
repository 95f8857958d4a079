"""Tell another program what a crawl came to: one POST of JSON. What goes wrong is a warning, never the crawl's failure.

Python's own client is enough: one request, no session, no retries. A redirect is not followed, since a POST that is
redirected becomes a GET without its body.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from newscrawl import __version__

__all__ = ["call", "wanted"]


def wanted(when: str, code: int, *, alarming: bool) -> bool:
    """Whether a crawl that ended with the exit code is to be told: ``always``, on ``trouble``, or on an ``alarm``.

    >>> [wanted(when, 1, alarming=False) for when in ("always", "trouble", "alarm")]
    [True, True, False]
    """
    return {"always": True, "trouble": code != 0, "alarm": alarming}[when]


def call(url: str, summary: Mapping[str, Any], *, timeout: float) -> str:
    """POST the summary; gives back what went wrong as a sentence, empty when nothing did. ``timeout`` is in seconds.

    The sentence names the host alone: such addresses often hold a secret.
    """
    host = urlsplit(url).hostname
    body = json.dumps(summary, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"newscrawl/{__version__}"}
    try:
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=timeout) as answer:
            answer.read(1024)
    except urllib.error.HTTPError as error:
        return f"the webhook at {host} answered HTTP {error.code}."
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return (
            f"the webhook at {host} could not be called ({getattr(reason, 'strerror', None) or type(reason).__name__})."
        )
    return ""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """Leaves the redirect an error."""
