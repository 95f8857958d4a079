"""The set-up says in a sentence what a machine lacks, and what to install."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "tools" / "set_up.sh"


def python(folder: Path, behaviour: str) -> Path:
    """A stand-in for an interpreter: a shell script that looks at the code it is given (``$2``)."""
    path = folder / "python"
    path.write_text(f'#!/bin/sh\ncase "$2" in\n{behaviour}\nesac\nexit 0\n')
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("behaviour", "sentence"),
    [
        ("*version_info*) exit 1;;", "needs Python 3.11 or newer"),
        ("*ensurepip*) exit 1;;", "apt-get install python3-venv"),
    ],
    ids=["too old", "without venv"],
)
def test_an_interpreter_that_will_not_do(behaviour: str, sentence: str, tmp_path: Path) -> None:
    told(tmp_path, str(python(tmp_path, behaviour)), sentence)


def test_no_interpreter(tmp_path: Path) -> None:
    told(tmp_path, "", "found none")
    told(tmp_path, str(tmp_path / "missing"), "needs Python 3.11 or newer")


def told(folder: Path, interpreter: str, sentence: str) -> None:
    done = subprocess.run(
        ["sh", str(SCRIPT), "requirements/run.txt", interpreter],
        cwd=folder, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (done.returncode, sentence in done.stderr, done.stderr.count("\n")) == (2, True, 1), done.stderr
    assert not (folder / ".venv").exists()
