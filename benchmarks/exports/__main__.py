"""Generates a million articles, exports them in every streaming format, and prints rows a second and peak memory.

``python -m benchmarks.exports [ROWS] [--keep FILE] [--only CASE]``; exit code 1 when a bar is missed:
300 MB of memory, and 20,000 rows a second for Parquet.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.exports.generated import fill

MOST_MEGABYTES = 300
LEAST_PARQUET_ROWS = 20_000
CASES = {
    "csv": ["-o", "out.csv"],
    "jsonl": ["-o", "out.jsonl"],
    "parquet": ["-o", "out.parquet"],
    "feather": ["-o", "out.feather"],
    "parquet by language and month": ["--partition", "-o", "parts"],
    "csv of one language and month": ["--language", "fr", "--since", "2021-03", "--until", "2021-03", "-o", "m.csv"],
    "csv of two languages": ["--language", "fr", "--language", "es", "-o", "two.csv"],
    "csv of changes since run 0": ["--since-run", "0", "-o", "changes.csv"],
}


def run(arguments: list[str], database: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processor, and peak megabytes of one export in a process of its own."""
    command = [str(Path(sys.executable).parent / "newscrawl"), "export", "--quiet", "--db", str(database), *arguments]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed.")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print a line a case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--keep", type=Path, help="use this database, made when it is missing")
    parser.add_argument("--only", help="cases whose name begins like this")
    options = parser.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        database = options.keep or Path(folder) / "news.db"
        if not database.exists():
            fill(database, options.rows)
        print(f"{options.rows:,} articles, {database.stat().st_size / 1e6:,.0f} MB")
        for name, arguments in CASES.items():
            if options.only and not name.startswith(options.only):
                continue
            seconds, processor, megabytes = run(arguments, database.absolute(), Path(folder))
            rate = options.rows / seconds
            print(
                f"{name:32} {seconds:7.1f} s {rate:10,.0f} articles/s {processor:7.1f} CPU s {megabytes:6.0f} MB",
                flush=True,
            )
            if megabytes > MOST_MEGABYTES or (name == "parquet" and rate < LEAST_PARQUET_ROWS):
                missed.append(name)
    if missed:
        raise SystemExit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
