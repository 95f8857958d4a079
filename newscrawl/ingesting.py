"""The four ways in which `newscrawl ingest` gets pages, and what it prints of each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import click

from newscrawl.exit_codes import INTERRUPTED, SOME_FAILED, STORAGE, fail
from newscrawl.options import begin_to_load_workers, chosen_extraction, chosen_settings, configured
from newscrawl.progress_line import ProgressLine
from newscrawl.reports import change_as_json, change_lines

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from pipelines.items import Page
    from pipelines.run import Run
    from pipelines.warc_import import WarcFile

__all__ = ["How", "Wanted", "from_archive", "from_file", "from_warc", "from_web"]

Wanted: TypeAlias = list[str]


@dataclass(frozen=True)
class How:
    """What all ways have in common."""

    database: Path
    scratch: Path | None
    """Where a dry run is rehearsed."""
    settings: tuple[str, ...]
    force: bool
    as_json: bool
    quiet: bool
    verbose: int
    site: str
    cluster: str | None = None
    """The scheduler's address, empty for none; None for what is configured."""
    allow_private: bool = False
    by_hand: bool = True
    """Whether the URLs were typed, and not read from a list: a loopback address among them is then meant."""

    def scrapy_settings(self, *, progress: bool = False) -> Settings:
        """The project's settings with the command line's."""
        from newscrawl.crawling import project_settings

        found = project_settings(
            self.database,
            chosen_settings(self.settings, self.allow_private) | chosen_extraction(None, self.cluster),
            config=configured(),
            verbosity=self.verbose,
            progress=progress and not self.quiet,
        )
        found.set("NEWSCRAWL_GIVEN_BY_HAND", self.by_hand, priority="cmdline")
        found.set("NEWSCRAWL_FORCE", self.force, priority="cmdline")
        found.set("NEWSCRAWL_SCRATCH", str(self.scratch or ""), priority="cmdline")
        return found


def from_web(how: How, wanted: Wanted) -> None:
    """Fetch the URLs."""
    begin_to_load_workers(None, how.cluster, how.settings)
    from newscrawl.crawling import Job, check_database, check_extraction, crawl

    if how.scratch is None:
        check_database(how.database)
    addresses = _resolved(how.database, wanted)
    settings = how.scrapy_settings(progress=len(addresses) > 1)
    check_extraction(settings)
    settings.set("NEWSCRAWL_ARGUMENTS", " ".join(wanted)[:1000], priority="cmdline")
    (done,) = crawl([Job("page", {"urls": addresses})], settings)
    if done.error is not None:
        raise done.error
    if done.run is None:
        fail("the fetch did not start; run it again with -v to see why.", SOME_FAILED)
    failed = _print_outcomes(how, done.run)
    if done.reason == "shutdown":
        raise click.exceptions.Exit(INTERRUPTED)
    if failed:
        raise click.exceptions.Exit(SOME_FAILED)


def from_file(how: How, saved: str, address: str, seen_at: str | None) -> None:
    """Take a saved page as if it had just been fetched."""
    from newscrawl.page_file import read_page, read_time

    page = read_page(saved, address, read_time(seen_at))
    with _run(how, f"--html {saved} --url {address}") as run:
        run.take(_placed(run, replace(page, site=how.site)))
    if _print_outcomes(how, run.id):
        raise click.exceptions.Exit(SOME_FAILED)


def from_archive(how: How, wanted: Wanted) -> None:
    """Read the archived pages of the URLs again."""
    from pipelines.items import Outcome
    from pipelines.reextraction import reextract
    from pipelines.rereading import PageSelection

    with _run(how, f"--from-archive {' '.join(wanted)}"[:1000]) as run:
        for url in wanted:
            pages = PageSelection(url=url).pages(run, how.database)
            if not list(reextract(run, pages)):
                run.record(Outcome(url, "not-archived", "The archive has no page of it."))
    if _print_outcomes(how, run.id):
        raise click.exceptions.Exit(SOME_FAILED)


def from_warc(how: How, path: str, hosts: Sequence[str], languages: Sequence[str], *, again: bool) -> None:
    """Take all articles of a WARC file, with a line of sums at the end."""
    begin_to_load_workers(None, how.cluster, how.settings)
    from newscrawl.sites import site_of
    from pipelines.urls import host_of
    from pipelines.warc_import import Choice, WarcFile

    of_hosts = [host_of(host if "//" in host else f"https://{host}") for host in hosts]
    site_at: Callable[[str], str] = (lambda url: how.site) if how.site else site_of
    choice = Choice(frozenset(of_hosts), frozenset(languages), site_at)
    with _opened(path) as stream, _run(how, f"--warc {path}", languages) as run:
        file = WarcFile(run, Path(path)) if path != "-" and how.scratch is None else None
        if file and again:
            file.start_over()
        if file and file.finished_at:
            click.echo(f"{path} was read to its end at {file.finished_at}; --again reads it once more.", err=True)
            return
        if file and file.position:
            click.echo(f"{path}: going on after {file.pages} pages.", err=True)
        damage = _take(run, stream, choice, file, ProgressLine(quiet=how.quiet))
    _print_sum(how, run.id, path)
    if damage:
        fail(f"{path} cannot be read further: {damage} What came before is stored.", STORAGE)


def _take(run: Run, stream: BinaryIO, choice: Any, file: WarcFile | None, progress: ProgressLine) -> str:
    """Take the pages; the sentence that says why the file could not be read to its end, else empty."""
    from pipelines.archive.warc_reading import WarcError
    from pipelines.warc_import import take_warc

    size = stream.seek(0, 2) if stream.seekable() else 0
    stream.seek(0) if size else None
    taken = passed = 0
    try:
        with progress:
            for one in take_warc(run, stream, choice, file):
                taken += one.outcome is not None
                passed += one.outcome is None
                share = f"{one.offset / size:.0%}, " if size else ""
                progress.show(f"warc: {share}{taken} pages taken, {passed} passed over")
    except WarcError as error:
        return str(error)
    return ""


def _print_outcomes(how: How, run_id: int) -> bool:
    """Print each URL's outcome and what changed; true when any has no article in the end, or a worse one."""
    from pipelines.store import Store

    failed = False
    with Store.open(how.scratch or how.database, read_only=True) as store:
        changes = {change.url: change for change in store.history.changes(run_id)}
        for outcome in store.outcomes(run_id):
            change = changes.pop(outcome["canonical_url"] or "", None)
            failed |= not outcome["canonical_url"] or outcome["outcome"] == "worse"
            if how.as_json:
                found = change_as_json(change) if change else {"kind": None, "cause": None, "fields": {}}
                del outcome["at"]
                click.echo(json.dumps(outcome | {"changes": found}, ensure_ascii=False))
                continue
            said = " ".join(part for part in (outcome["title"], outcome["detail"]) if part)
            click.echo(f"{outcome['outcome']}\t{outcome['url']}\t{said}")
            if change and change.kind == "updated":
                for line in list(change_lines(change))[1:]:
                    click.echo(line)
    return failed


def _print_sum(how: How, run_id: int, path: str) -> None:
    from newscrawl.summary import sentence
    from pipelines.store import Store

    with Store.open(how.scratch or how.database, read_only=True) as store:
        counts = store.counts(run_id)
    if how.as_json:
        click.echo(json.dumps({"warc": path, "run": run_id, "outcomes": counts}))
    else:
        click.echo(sentence(Path(path).name, counts))


def _resolved(database: Path, wanted: Iterable[str]) -> Wanted:
    """The addresses to fetch: see :meth:`pipelines.store.history.History.address_of`."""
    from pipelines.store import Store

    if not database.exists():
        return list(wanted)
    with Store.open(database, read_only=True) as store:
        return [store.history.address_of(url) for url in wanted]


@contextmanager
def _run(how: How, arguments: str, languages: Sequence[str] = ()) -> Iterator[Run]:
    from pipelines.item_pipeline import HowExtracted, extraction_of, rulebook_of
    from pipelines.run import Run

    settings = how.scrapy_settings()
    rulebook = rulebook_of(settings)
    if languages:
        rulebook = replace(rulebook, languages=tuple(languages))
    # One page is not worth processes of its own, nor a way to another machine.
    extraction = extraction_of(settings) if languages or "--warc" in arguments else HowExtracted(workers=0, cluster="")
    with Run.open(
        how.database, kind="ingest", arguments=arguments, rulebook=rulebook, force=how.force,
        scratch=how.scratch, **extraction,
    ) as run:  # fmt: skip
        yield run


def _placed(run: Run, page: Page) -> Page:
    """The page with the site it belongs to."""
    from newscrawl.sites import site_of

    return page if page.site else replace(page, site=run.site_at(page) or site_of(page.final_url))


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as stream:
            yield stream
    except (FileNotFoundError, IsADirectoryError):
        fail(f"there is no file {path!r}.", STORAGE)
