"""Which addresses a run has asked for: a long crawl keeps a digest of each in place of its text."""

from __future__ import annotations

from hashlib import blake2b

__all__ = ["Asked"]


class Asked:
    """URL keys that were asked for, also those that redirects reached.

    Kept as digests of 128 bits: that two of a billion addresses share one has a chance of 1 to 10**21.

    >>> asked = Asked()
    >>> asked.add("example.org/a"), asked.add("example.org/a")
    (True, False)
    >>> asked.reach("example.org/b", "https://example.org/a"), asked.reach("example.org/b", "https://example.org/c")
    ('https://example.org/a', 'https://example.org/a')
    """

    def __init__(self) -> None:
        self._keys: set[int] = set()
        self._from: dict[str, str] = {}
        """Key that a redirect reached first -> address whose request was redirected."""

    def __contains__(self, key: str) -> bool:
        return _digest(key) in self._keys

    def add(self, key: str) -> bool:
        """Ask for a key; False when it was asked for before."""
        size = len(self._keys)
        self._keys.add(_digest(key))
        return len(self._keys) > size

    def reach(self, key: str, url: str) -> str:
        """A request for ``url`` is redirected to this key: the address whose request got there first, or ``""``.

        Empty for a key that was asked for by itself.
        """
        if self.add(key):
            self._from[key] = url
        return self.led_to(key)

    def led_to(self, key: str) -> str:
        """The address whose redirect reached this key; empty where none did."""
        return self._from.get(key, "")


def _digest(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest())
