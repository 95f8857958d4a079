"""newscrawl knows the web and the user: where pages come from, where articles go."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["__version__"]

try:
    __version__ = version("newscrawl")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0"
