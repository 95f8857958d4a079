"""``python -m benchmarks.speed.generate KIND FOLDER [PAGES]``: a whole site as files, and an index of its addresses.

``FOLDER/articles/`` holds the articles' pages alone, for tools that read a folder of files; ``FOLDER/lists/`` what
leads to them; ``FOLDER/index.tsv`` address, file, media type, entity tag, for :mod:`benchmarks.speed.server`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from pathlib import Path

from benchmarks.speed.addresses import Web
from benchmarks.speed.known_web import KnownWeb
from benchmarks.speed.unknown_web import UnknownWeb

__all__ = ["KINDS", "generate", "web_of"]

KINDS: dict[str, type[KnownWeb] | type[UnknownWeb]] = {"known": KnownWeb, "unknown": UnknownWeb}
"""The -ress engine's mark-up, and the mark-up of engines that nobody described."""
ARTICLES_A_TASK = 250
FILES_A_FOLDER = 1000


def web_of(kind: str, count: int, *, first: int = 0, small: bool = False) -> Web:
    """The site of a kind with so many articles, from the one numbered ``first`` on."""
    return KINDS[kind](count, first=first, small=small)


def generate(kind: str, folder: Path, count: int, first: int = 0) -> Path:
    """Write a site of so many articles, unless the folder has it already; gives the folder."""
    done = folder / "complete"
    size = f"{count} from {first}"
    if done.exists() and done.read_text() == size:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [(kind, folder, count, first, at) for at in range(first, first + count, ARTICLES_A_TASK)]
    with ProcessPoolExecutor(os.cpu_count()) as pool, (folder / "index.tsv").open("w", encoding="utf-8") as index:
        for lines in pool.map(_write_articles, tasks):
            index.writelines(lines)
        index.writelines(_write_lists(web_of(kind, count, first=first), folder))
    done.write_text(size)
    return folder


def addresses(folder: Path) -> list[str]:
    """The articles' addresses without their host, in order of their numbers."""
    with (folder / "index.tsv").open(encoding="utf-8") as index:
        rows = [line.split("\t") for line in index]
    return [path for path, file, *_ in rows if file.startswith("articles/")]


def _write_articles(task: tuple[str, Path, int, int, int]) -> list[str]:
    kind, folder, count, first, at = task
    web = web_of(kind, count, first=first)
    lines = []
    for number in range(at, min(at + ARTICLES_A_TASK, first + count)):
        file = f"articles/{number // FILES_A_FOLDER:04}/{number:07}.html"
        lines.append(_write(folder, file, web.article_path(number), web.article(number), "text/html;charset=UTF-8"))
    return lines


def _write_lists(web: Web, folder: Path) -> Iterator[str]:
    for number, path in enumerate(web.list_paths()):
        answer = web.answer(path)
        assert answer is not None, path
        yield _write(folder, f"lists/{number:07}", path, answer.body, answer.content_type)


def _write(folder: Path, file: str, path: str, body: bytes, content_type: str) -> str:
    target = folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    return f"{path}\t{file}\t{content_type}\t{blake2b(body, digest_size=12).hexdigest()}\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.generate", description=__doc__)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", type=int, nargs="?", default=5000)
    chosen = parser.parse_args()
    generate(chosen.kind, chosen.folder, chosen.pages)
    sizes = [file.stat().st_size for file in (chosen.folder / "articles").rglob("*.html")]
    print(f"{len(sizes)} articles, {sum(sizes) / len(sizes) / 1000:.0f} KB mean, {max(sizes) / 1000:.0f} KB at most")


if __name__ == "__main__":
    main()
