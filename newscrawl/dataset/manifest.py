"""SHA-256 sums of a bundle's files, in the form that ``sha256sum -c SHA256SUMS`` reads, and whether they still hold."""

from __future__ import annotations

import re
from pathlib import Path

from newscrawl.dataset.facts import digest_of

__all__ = ["NAME", "problems", "write_manifest"]

NAME = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (\S[^\n]*)\n")


def write_manifest(folder: Path) -> None:
    """Write the sums of all files there are, by name."""
    text = "".join(f"{digest_of(folder / name)}  {name}\n" for name in _files(folder))
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def problems(folder: Path) -> list[str]:
    """What is not as it was when the bundle was made, a sentence each; none when all is.

    Raises OSError when a file cannot be read.
    """
    manifest = folder / NAME
    if not manifest.is_file():
        return [f"{NAME} is missing: this is no bundle, or not all of it."]
    text = manifest.read_bytes().decode("utf-8", "replace")
    listed = {name: digest for digest, name in _LINE.findall(text)}
    if "".join(f"{listed[name]}  {name}\n" for name in sorted(listed)) != text or not listed:
        return [f"{NAME} was changed: it is not as newscrawl writes it."]
    present = set(_files(folder))
    missing = [f"{name} is missing." for name in listed if name not in present]
    added = [f"{name} was added." for name in sorted(present - listed.keys())]
    changed = [
        f"{name} was changed."
        for name, digest in listed.items()
        if name in present and digest_of(folder / name) != digest
    ]
    return missing + changed + added


def _files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != NAME)
