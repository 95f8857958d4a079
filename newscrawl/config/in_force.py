"""What is in force: an option over the environment over newscrawl.toml over the default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from newscrawl.config.file import ConfigError, ConfigFile, SiteOptions, Value, like
from newscrawl.config.keys import KEYS, THRESHOLD_KINDS, Key
from newscrawl.config.values import from_text
from newscrawl.verdict import Thresholds

__all__ = ["FILE_NAME", "Config", "ConfigError", "SiteOptions", "Value", "find_file", "load"]

FILE_NAME = "newscrawl.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """All that is in force."""

    file: Path | None
    values: Mapping[str, Value]
    """By dotted name, every key of :data:`~newscrawl.config.keys.KEYS`."""
    sites: Mapping[str, SiteOptions]

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    def thresholds(self, site: str = "") -> Thresholds:
        """The thresholds for a site."""
        found = Thresholds(**{name: self[f"thresholds.{name}"] for name in THRESHOLD_KINDS})
        options = self.sites.get(site)
        return replace(found, **options.thresholds, since=options.baseline_since) if options else found


def find_file(given: Path | None) -> Path | None:
    """The file to read: the one given, else NEWSCRAWL_CONFIG's, else newscrawl.toml in this folder, else none.

    :raises ConfigError: when a file that was named is missing.
    """
    named = given or (Path(os.environ["NEWSCRAWL_CONFIG"]) if os.environ.get("NEWSCRAWL_CONFIG") else None)
    if named is not None and not named.is_file():
        raise ConfigError(f"there is no configuration file {named}.")
    return named or (Path(FILE_NAME) if Path(FILE_NAME).is_file() else None)


def load(file: Path | None, options: Mapping[str, str], environment: Mapping[str, str]) -> Config:
    """The configuration in force. ``options``: dotted names and values as given on the command line.

    :raises ConfigError: for a file that is no TOML, an unknown key, or a wrong value.
    """
    known = {key.name: key for key in KEYS}
    if unknown := [name for name in options if name not in known]:
        raise ConfigError(f"there is no key {unknown[0]!r}{like(unknown[0], known)}.")
    found = ConfigFile(file) if file else None
    told = found.values(known) if found else {}
    values = {name: _in_force(key, options, environment, told) for name, key in known.items()}
    return Config(file, values, found.sites() if found else {})


def _in_force(key: Key, options: Mapping[str, str], environment: Mapping[str, str], told: Mapping[str, Value]) -> Value:
    for text, origin in (
        (options.get(key.name), "option"),
        (environment.get(key.variable), f"environment {key.variable}"),
    ):
        if text is not None and (text or origin == "option"):
            try:
                return Value(from_text(key.read, text), origin, text)
            except ValueError as error:
                raise ConfigError(f"{origin}: {key.name} must be {error}, not {text!r}.") from None
    return told.get(key.name) or Value(key.default, "default")
