"""The command as a user runs it: the installed script, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(sys.executable).parent / "newscrawl"
SECONDS = 120
"""Far beyond what any of the tests' commands takes: a hang shall fail and not hold the suite."""


def newscrawl(
    *arguments: str | Path, stdin: str | bytes = "", folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `newscrawl` and give back its exit code, stdout and stderr; a traceback fails at once."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")}
    done = subprocess.run(
        [str(SCRIPT), *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        timeout=SECONDS,
        cwd=folder,
        env={**clean, **environment},
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)
