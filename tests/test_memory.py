"""An article over time: corrections, disappearances, walls, and what is no change at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newscrawl.sample import SampleWeb, expected_articles
from pipelines.archive import Archive
from pipelines.reextraction import reextract
from pipelines.rereading import PageSelection
from pipelines.run import Run
from pipelines.store import Store
from tests.memory import NOON, PARAGRAPHS, RULEBOOK, articles, forget, html, page, rows, take

URL = "https://example.com/news/quay"
ARTICLES = expected_articles()
SHORT = (PARAGRAPHS[0][:60],)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def revisions(database: Path) -> list[tuple[str, str | None, str]]:
    return rows(
        database,
        """SELECT kind, cause, (SELECT json_group_array(field) FROM
            (SELECT field FROM revision_changes WHERE revision_id = revisions.id ORDER BY field))
        FROM revisions ORDER BY id""",
    )


def test_a_correction_appears_once_and_in_the_right_fields(database: Path) -> None:
    corrected = [PARAGRAPHS[0].replace("12", "14"), *PARAGRAPHS[1:]]
    new = html("Northern quay shut for repairs", corrected)
    take(database, page(html()), page(html(), hours=1), page(new, hours=2), page(new, hours=3))
    assert revisions(database) == [("stored", None, "[]"), ("updated", "publisher", '["body","title"]')]
    with Store.open(database, read_only=True) as store:
        first, second = store.history.versions("http://www.example.com/news/quay/?utm_source=x")
    assert (first.number, first.kind, second.number) == (1, "stored", 2)
    assert second.figures == (["12"], ["14"])
    assert "12 weeks" in first.state["body"]
    assert "14 weeks" in second.state["body"]
    assert first.state | {"title": second.state["title"], "body": second.state["body"]} == second.state


def test_a_thousand_crawls_with_tickers_counters_and_clocks_make_no_revision(database: Path) -> None:
    pages = []
    for number in range(1000):
        hours = number / 20
        ticker = f'<div class="ticker"><a href="/{number}">Headline number {number} of the day</a></div>'
        counters = f"<p>{1200 + number} views</p><p>{number} comments</p>"
        pages.append(page(html(date=f"{int(hours) + 3} hours ago", extra=counters + ticker), hours=hours))
    take(database, *pages)
    assert revisions(database) == [("stored", None, "[]")]


def test_an_editor_changes_one_article_of_an_aggregator_whose_tickers_run(database: Path) -> None:
    web, base = SampleWeb(), "http://127.0.0.1:8765"
    some = ARTICLES[::3]

    def crawl(hour: int) -> None:
        web.moment += 1
        taken = [(base + one.path, web.answer(one.path, base).body) for one in some]
        take(database, *(page(body, url=url, hours=hour, site="sample") for url, body in taken))

    for hour in range(4):
        crawl(hour)
    stored = [("stored", None, "[]")] * len(some)
    assert revisions(database) == stored
    web.edit(some[0].path, title="A title that the editor liked better")
    for hour in range(4, 7):
        crawl(hour)
    assert revisions(database) == [*stored, ("updated", "publisher", '["title"]')]


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_whose_page_is_gone_stays_and_is_marked(database: Path, status: int) -> None:
    take(database, page(html()))
    (gone,) = take(database, page(b"gone", hours=1, status=status))
    again = take(database, page(b"gone", hours=2, status=status))
    since = "2025-07-01T13:00:00Z"
    assert gone.outcome == f"http-{status}"
    assert since in gone.detail
    assert since in again[0].detail, "since the first time"
    assert rows(database, "SELECT title, gone_since FROM articles") == [("Northern quay closes for repairs", since)]
    assert [one[0] for one in revisions(database)] == ["stored", "gone"]
    take(database, page(html(), hours=3))
    assert rows(database, "SELECT gone_since FROM articles") == [(None,)]
    assert [one[0] for one in revisions(database)] == ["stored", "gone", "returned"]


def test_a_redirect_to_the_home_page_says_that_it_is_gone(database: Path) -> None:
    take(database, page(html()))
    home = page(html("The Example", PARAGRAPHS[::-1]), hours=1, final_url="https://example.com/")
    (outcome,) = take(database, home)
    assert (outcome.url, outcome.outcome) == (URL, "gone")
    assert rows(database, "SELECT count(*), max(gone_since) FROM articles") == [(1, "2025-07-01T13:00:00Z")]
    with Store.open(database, read_only=True) as store:
        assert store.explain(URL).outcomes[-1]["outcome"] == "gone"


def test_an_article_that_moved_is_stored_at_its_new_place_and_the_old_one_says_so(database: Path) -> None:
    take(database, page(html()))
    new = "https://example.com/2025/northern-quay"
    take(database, page(html(), hours=1, final_url=new))
    found = rows(database, "SELECT canonical_url, moved_to, gone_since FROM articles ORDER BY id")
    assert found == [(URL, new, "2025-07-01T13:00:00Z"), (new, None, None)]
    take(database, page(html(), hours=2, final_url=new))
    assert len(articles(database)) == 2


@pytest.mark.parametrize(
    "worse",
    [
        html(paragraphs=SHORT),
        html(paragraphs=PARAGRAPHS[:3], head='<meta property="article:content_tier" content="locked">'),
    ],
)
def test_a_worse_body_does_not_replace_the_stored_one(database: Path, worse: bytes) -> None:
    take(database, page(html()))
    (refused,) = take(database, page(worse, hours=1))
    assert refused.outcome == "worse"
    assert "--force" in refused.detail
    assert articles(database)[0]["body"] == "\n\n".join(PARAGRAPHS)
    (forced,) = take(database, page(worse, hours=2), force=True)
    assert forced.outcome == "updated"
    assert articles(database)[0]["body"] != "\n\n".join(PARAGRAPHS)
    before = articles(database)
    forget(database)
    reread(database)
    assert articles(database) == before, "what a person forced is remembered with the page"


def test_an_older_page_changes_nothing(database: Path) -> None:
    take(database, page(html("Second title"), hours=1))
    (outcome,) = take(database, page(html("First title")))
    assert outcome.outcome == "older"
    assert articles(database)[0]["title"] == "Second title"


def reread(database: Path, selection: PageSelection | None = None, *, workers: int = 0, scratch: Path | None = None,
           languages: tuple[str, ...] = ("fr", "en", "es")) -> list[str]:  # fmt: skip
    rulebook = replace(RULEBOOK, languages=languages)
    with Run.open(database, kind="reextract", rulebook=rulebook, workers=workers, scratch=scratch) as run:
        chosen = selection or PageSelection()
        return [one.outcome for one in reextract(run, chosen.pages(run, database))]


def story(database: Path) -> None:
    """Versions, a disappearance, a wall, a move and another article."""
    corrected = html("Northern quay shut for repairs", [PARAGRAPHS[0].replace("12", "14"), *PARAGRAPHS[1:]])
    other = "https://example.com/news/lighthouse"
    take(database, page(html(date="3 hours ago")), page(html("The lighthouse keeper retires"), url=other, hours=0.5))
    take(database, page(html(date="5 hours ago"), hours=2), page(corrected, hours=3))
    take(database, page(html(paragraphs=SHORT), hours=4), page(b"", hours=5, status=503))
    take(database, page(b"gone", url=other, hours=6, status=404))
    take(database, page(corrected, hours=7, final_url="https://example.com/2025/quay"))


def everything(database: Path) -> list[list[tuple[object, ...]]]:
    """Articles, revisions and their changes, without the numbers of rows and runs."""
    states = "SELECT * FROM article_version_detail ORDER BY _item, _version"
    return [
        [tuple(row.values()) for row in articles(database)],
        rows(database, "SELECT url_key, gone_since, moved_to, page_fetched_at FROM articles ORDER BY url_key"),
        rows(
            database,
            "SELECT url_key, kind, cause, at, page_hash, figures_after FROM revisions ORDER BY url_key, at, id",
        ),
        [(row[1], *row[2:7], *row[8:]) for row in rows(database, states)],
    ]


def test_articles_and_revisions_made_again_from_the_archive_are_the_same(database: Path) -> None:
    story(database)
    before = everything(database)
    assert {kind for _, kind, *_ in before[2]} == {"stored", "updated", "gone"}
    forget(database)
    assert articles(database) == []
    reread(database)
    assert everything(database) == before
    reread(database)
    assert everything(database) == before, "and reading once more changes nothing"


def test_the_archive_in_any_order_and_any_number_of_processes_gives_the_same_rows(
    database: Path, tmp_path: Path
) -> None:
    story(database)
    before = everything(database)
    shuffled = tmp_path / "shuffled.db"
    with Archive.open(Archive.path_for(database), read_only=True) as archive:
        pages = list(archive.pages())
    with Archive.open(Archive.path_for(shuffled)) as other:
        for number in (3, 0, 7, 5, 1, 6, 2, 4):
            other.add(pages[number])
    assert len(pages) == 8
    Store.open(shuffled).close()
    reread(shuffled, workers=2)
    assert everything(shuffled) == before


def test_a_rule_change_is_told_from_a_correction(database: Path) -> None:
    take(database, page(html()))
    connection_rules = rows(database, "SELECT extractor_version FROM articles")
    spoil(database, title="QUAY")
    assert reread(database, PageSelection(stale=True)) == ["updated"]
    assert revisions(database)[1:] == [("updated", "rules", '["title"]')]
    assert rows(database, "SELECT extractor_version FROM articles") == connection_rules
    assert reread(database, PageSelection(stale=True)) == []
    spoil(database, title="QUAY")
    take(database, page(html("Northern quay shut"), hours=1))
    assert revisions(database)[2:] == [("updated", "rules", '["title"]'), ("updated", "publisher", '["title"]')]


def spoil(database: Path, **columns: object) -> None:
    """As older rules would have left the article."""
    with Store.open(database) as store, store.atomic():
        names = "".join(f", {name} = ?" for name in columns)
        store.connection.execute(f"UPDATE articles SET extractor_version = 'old'{names}", list(columns.values()))


def test_a_page_that_gives_no_article_any_more_takes_it_back_with_its_last_state(database: Path) -> None:
    take(database, page(html()))
    spoil(database)
    reread(database, PageSelection(stale=True), languages=("fr",))
    assert len(articles(database)) == 1, "a language that is no longer kept withdraws nothing"
    with Store.open(database, read_only=True) as store:
        assert [one.kind for one in store.history.versions(URL)] == ["stored"]


@pytest.mark.parametrize("start", ["stored", "stale", "deleted"])
def test_a_dry_run_predicts_exactly_what_applying_does(database: Path, tmp_path: Path, start: str) -> None:
    story(database)
    if start == "stale":
        spoil(database, title="Another title", authors='["A. Nobody"]')
    elif start == "deleted":
        forget(database)
    before = everything(database)
    scratch = tmp_path / "scratch.db"
    foreseen = reread(database, scratch=scratch)
    assert everything(database) == before, "a dry run changes nothing"
    done = reread(database)
    assert foreseen == done
    with Store.open(scratch, read_only=True) as rehearsed, Store.open(database, read_only=True) as real:
        (first,), (last, *_) = rehearsed.runs(), real.runs()
        assert list(rehearsed.history.changes(first.id)) == list(real.history.changes(last.id))
        assert rehearsed.counts(first.id) == real.counts(last.id)
    assert (everything(database) == before) == (start == "stored")


def test_the_view_of_versions_tells_every_state(database: Path) -> None:
    story(database)
    with Store.open(database) as store:
        store.withdraw("example.com/2025/quay", run_id=1, at=NOON)
    names = "_version, _kind, _changed_columns, title, word_count, paywalled, authors, body"
    sql = f"SELECT {names} FROM article_version_detail WHERE _item = ? ORDER BY _version"
    with Store.open(database, read_only=True) as store:
        for key in ("example.com/news/quay", "example.com/news/lighthouse", "example.com/2025/quay"):
            versions = store.history.versions(f"https://{key}")
            found = rows(database, sql, key)
            assert len(found) == len(versions) > 1
            for row, version in zip(found, versions, strict=True):
                state = version.state
                assert row[:2] == (version.number, version.kind)
                told = (
                    (state["title"], state["word_count"], int(state["paywalled"]), "[]", state["body"]) if state else ()
                )
                assert row[3:] == (told or (None,) * 5)


def test_the_view_of_stealth_edits(database: Path) -> None:
    def dated(title: str, day: int, text: str = PARAGRAPHS[0]) -> bytes:
        head = f'<meta property="article:modified_time" content="2025-07-0{day}T10:00:00Z">'
        return html(title, [text, *PARAGRAPHS[1:]], head=head)

    more = PARAGRAPHS[0].replace("12", "14")
    take(database, page(dated("One title", 1)), page(dated("Two titles", 1), hours=30))
    take(database, page(dated("Two titles", 1, more), hours=31), page(dated("Three titles", 2, more), hours=32))
    spoil(database, title="By our rules")
    reread(database)
    found = rows(database, "SELECT title_before, title_after, figures_before, figures_after FROM stealth_edits")
    assert found == [("One title", "Two titles", None, None), (None, "Three titles", '["12"]', '["14"]')]
