"""newscrawl knows the web and the user: where pages come from, where articles go.

``import newscrawl`` gives what a notebook needs: :func:`articles`, :func:`to_pandas` and :func:`to_polars` read a
database that the ``newscrawl`` command has filled; docs/library.md shows how.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.library import articles, to_pandas, to_polars
    from pipelines.items import Article

__all__ = ["Article", "__version__", "articles", "to_pandas", "to_polars"]

try:
    __version__ = version("newscrawl")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0"


def __getattr__(name: str) -> Any:
    """Load the library when it is asked for: a command that crawls has no use for it, and starts sooner."""
    if name in ("articles", "to_pandas", "to_polars"):
        from newscrawl import library

        return getattr(library, name)
    if name == "Article":
        from pipelines.items import Article

        return Article
    raise AttributeError(f"module 'newscrawl' has no attribute {name!r}")
