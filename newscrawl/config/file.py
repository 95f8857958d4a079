"""A newscrawl.toml, read; what is wrong in it is said with its line."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.config.keys import SITE_KEYS, THRESHOLD_KINDS, Key
from newscrawl.config.toml_lines import lines_of

__all__ = ["ConfigError", "ConfigFile", "SiteOptions", "Value", "like"]


class ConfigError(ValueError):
    """A configuration that cannot be used; the message is one sentence, with the file and the line."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in force and where it comes from."""

    value: Any
    origin: str
    """``option``, ``environment NAME``, ``FILE line N`` or ``default``."""
    text: str = ""
    """As it was given, where that was a text: by an option or the environment."""


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What a ``[sites.NAME]`` table says."""

    name: str
    line: int
    enabled: bool = True
    """Whether `newscrawl crawl` without a name crawls it."""
    baseline_since: str = ""
    """Day; runs before it are no longer what is usual."""
    polling_least: int | None = None
    polling_most: int | None = None
    """Bounds of polling for this site alone, in seconds; None for those of all sites."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    """For the spider, as with ``-a``."""
    thresholds: Mapping[str, Any] = field(default_factory=dict)


class ConfigFile:
    """One file. :raises ConfigError: when it cannot be read or is no TOML."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            self.table = tomllib.loads(self.text)
        except OSError as error:
            raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise ConfigError(f"{path} is not UTF-8 text.") from None
        except tomllib.TOMLDecodeError as error:
            end = f"at line {len(self.text.splitlines())}, the end"  # where Python's reader counts no line
            raise ConfigError(f"{path} is no TOML: {str(error).replace('at end of document', end)}.") from None
        self.lines = lines_of(self.text)

    def values(self, known: Mapping[str, Key]) -> dict[str, Value]:
        """The values of all keys that the file sets, but those of sites."""
        found: dict[str, Value] = {}
        for path, value in _leaves({name: value for name, value in self.table.items() if name != "sites"}):
            name = ".".join(path)
            if name not in known:
                if isinstance(value, dict) and any(one.startswith(f"{name}.") for one in known):
                    continue  # an empty table
                raise self.error(path, f"there is no key {name!r}{like(name, known)}")
            key = known[name]
            read = self.read(path, key.read, value, secret=key.secret)
            if key.is_path and self.path.parent != Path():
                read = str(self.path.parent / read)
            found[name] = Value(read, f"{self.path} line {self.line(path)}")
        return found

    def sites(self) -> dict[str, SiteOptions]:
        """The ``[sites.NAME]`` tables."""
        tables = self.table.get("sites", {})
        if not isinstance(tables, dict):
            raise self.error(("sites",), "sites must be tables such as [sites.maghress]")
        return {name: self.site(name, table) for name, table in tables.items()}

    def site(self, name: str, table: Any) -> SiteOptions:
        """One of them."""
        at = ("sites", name)
        if not isinstance(table, dict):
            raise self.error(at, f"sites.{name} must be a table: write [sites.{name}]")
        limits = table.get("thresholds", {})
        if not isinstance(limits, dict):
            raise self.error((*at, "thresholds"), "thresholds must be a table")
        for key in limits:
            if key not in THRESHOLD_KINDS:
                raise self.error((*at, "thresholds", key), f"there is no key {key!r}{like(key, THRESHOLD_KINDS)}")
        own = {key: self.read((*at, key), read, table[key]) for key, read in SITE_KEYS.items() if key in table}
        others = table.keys() - SITE_KEYS.keys() - {"thresholds"}
        return SiteOptions(
            name,
            self.line(at),
            **own,
            arguments={key: self.argument((*at, key), table[key]) for key in table if key in others},
            thresholds={
                key: self.read((*at, "thresholds", key), THRESHOLD_KINDS[key], value) for key, value in limits.items()
            },
        )

    def argument(self, path: tuple[str, ...], value: Any) -> str:
        """A spider's argument as ``-a`` gives it: a list with commas."""
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return ",".join(value)
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
        raise self.error(path, f"{path[-1]} must be a text, a whole number or a list of texts")

    def read(self, path: tuple[str, ...], reader: Any, value: Any, *, secret: bool = False) -> Any:
        """A value as its reader understands it."""
        try:
            return reader(value)
        except ValueError as error:
            said = "" if secret else f", not {value!r}"
            raise self.error(path, f"{'.'.join(path)} must be {error}{said}") from None

    def line(self, path: tuple[str, ...]) -> int:
        """The line of a key."""
        return self.lines.get(path, 1)

    def error(self, path: tuple[str, ...], sentence: str) -> ConfigError:
        """What is wrong, with its line."""
        return ConfigError(f"{self.path}, line {self.line(path)}: {sentence}.")


def _leaves(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def like(name: str, known: Iterable[str]) -> str:
    """A question whether another key was meant, when one looks like it."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
