"""Where data goes: stdout, or a file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["new_folder", "open_output"]


@contextmanager
def open_output(path: str) -> Iterator[BinaryIO]:
    """A binary stream: stdout for ``-``, else a file beside ``path`` that replaces it when all is written.

    When writing fails, what stood at ``path`` before is still there. Raises OSError with the file's name.
    """
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if target.exists() and not target.is_file():  # /dev/null, a pipe: nothing to keep, and not to be replaced
        with target.open("wb") as stream:
            yield stream
        return
    try:
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(part, 0o666 & ~umask)  # a temporary file is private, an export is as public as any new file
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which becomes ``path`` when all is written.

    Raises OSError with the folder's name, also when there is such a folder already and it is not empty.
    """
    if path.is_dir() and any(path.iterdir()):
        raise OSError(errno.ENOTEMPTY, "the folder is not empty; name a new one", str(path))
    if path.exists() and not path.is_dir():
        raise OSError(errno.ENOTDIR, "it is no folder; name a new one", str(path))
    try:
        part = Path(tempfile.mkdtemp(dir=path.absolute().parent, prefix=f".{path.name}.", suffix=".part"))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        yield part
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o777 & ~umask)
        part.replace(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
