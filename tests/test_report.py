"""The report: what it says of any database, and how a real browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from chromium import Tab, chromium
from command import newscrawl
from many_news import fill
from stored_news import ARTICLE, NOON

from newscrawl.report import report
from newscrawl.report.periods import Periods
from pipelines.store import Store

SECTIONS = ("summary", "days", "publishers", "coverage", "stories", "ticker", "delay", "runs", "noise", "doubts")
NOW = "2026-03-02T00:00:00Z"
WIDE, NARROW = 1400, 360


class Balanced(HTMLParser):
    """Fails for a tag that is not closed where it should be."""

    VOID = frozenset({"meta", "link", "rect", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def page_of(path: Path) -> str:
    with Store.open(path) as store:
        store.commit()
    with Store.open(path, read_only=True) as store, store.overview() as overview:
        page = report(overview, title="News", source=path.name, now=NOW, version="1")
    reader = Balanced()
    reader.feed(page)
    assert reader.open == []
    for name in SECTIONS:
        assert f'<section id="{name}">' in page
        assert f'href="#{name}"' in page
    return page


def store_articles(path: Path, *dates: str | None, **more: str) -> None:
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl", site="maghress")
        for number, date in enumerate(dates):
            precision = {4: None, 7: "month", 10: "day", 20: "minute"}[len(date or "none")]
            article = replace(
                ARTICLE,
                canonical_url=f"https://a.example/{number}",
                published_at=date,
                published_precision=precision,  # type: ignore[arg-type]
                **more,
            )
            store.save(article, run_id=run, at=NOON)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "many.db"
    fill(path)
    return path


@pytest.fixture(scope="module")
def file(many: Path) -> Path:
    file = many.with_name("report.html")
    done = newscrawl("report", "--db", many, "-o", file)
    assert (done.returncode, done.stdout) == (0, "")
    return file


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.mark.parametrize(
    "dates",
    [
        (),
        ("2025-07-01",),
        (None,),
        (None, None, None),
        ("2025-07",),
        ("1990-01-01",),
        ("2090-12-31T23:59:00Z",),
        ("1990-01-01", "2025-07-01", "2090-01-01T00:00:00Z", None, "2025-06"),
    ],
)
def test_any_database_has_a_report(tmp_path: Path, dates: tuple[str | None, ...]) -> None:
    path = tmp_path / "news.db"
    store_articles(path, *dates)
    page = page_of(path)
    assert f"<dt>articles</dt><dd>{len(dates)}</dd>" in page
    assert page == page_of(path)  # the same database gives the same page
    for date in filter(None, dates):
        assert date[:4] in page
    assert ("dated in the future" in page) == any((date or "").startswith("2090") for date in dates)


def test_figures_are_those_of_the_database(many: Path) -> None:
    page = page_of(many)
    with Store.open(many, read_only=True) as store:
        rows = list(store.articles())
        stories = store.stories.most_printed(limit=1000)
    facts = dict(re.findall(r"<dt>([^<]*)</dt><dd[^>]*>([^<]*)</dd>", page))
    assert facts["articles"] == str(len(rows))
    assert facts["with a date"] == str(sum(row["published_at"] is not None for row in rows))
    assert facts["stories of several prints"] == str(len(stories))
    publisher = sum(row["publisher"] == "Le Rivage" for row in rows)
    assert re.search(rf'<td>Le Rivage</td><td class="n">{publisher}</td>', page)


def test_what_pages_say_is_text_and_no_mark_up(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    body = " ".join(f"word{n}" for n in range(40))
    store_articles(
        path,
        "2025-07-01",
        "2025-07-02",
        title="<script>x</script>",
        publisher='"><img src=x>',
        body=body,
        section="</td>",
    )
    page = page_of(path)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;x" in page


def test_an_address_that_is_none_is_no_link() -> None:
    from newscrawl.report.markup import link

    assert "href" not in link("javascript:alert(1)", "x")


@pytest.mark.parametrize(
    ("days", "unit", "count", "outside"),
    [
        ([("2025-07-01", 1)], "day", 1, (0, 0)),
        ([("2025-07-01", 1), ("2025-07-31", 1)], "day", 31, (0, 0)),
        ([("2025-01-15", 1), ("2025-12-01", 1)], "month", 12, (0, 0)),
        ([("1990-01-01", 1), ("2090-01-01", 1)], "year", 101, (0, 0)),
        ([("1990-01-01", 1), ("2025-07-01", 150), ("2025-07-03", 150), ("2090-01-01", 2)], "day", 3, (1, 2)),
        ([], "day", 0, (0, 0)),
    ],
)
def test_periods(days: list[tuple[str, int]], unit: str, count: int, outside: tuple[int, int]) -> None:
    periods = Periods.of(days)
    assert (periods.unit, len(periods.names), (periods.before, periods.after)) == (unit, count, outside)


def test_to_stdout_and_errors(many: Path, tmp_path: Path) -> None:
    done = newscrawl("report", "--db", many, "-o", "-")
    assert done.stdout.startswith("<!doctype html>")
    assert newscrawl("report", "--db", tmp_path / "none.db", "-o", "-").returncode == 5
    assert newscrawl("report", "--db", many, "-o", tmp_path / "no" / "folder.html").returncode == 5


# In a browser


@pytest.mark.parametrize("width", [WIDE, 768, NARROW])
def test_the_page_fits_the_screen_and_loads_nothing_else(tab: Tab, file: Path, width: int) -> None:
    tab.open(file.as_uri(), width=width)
    assert tab.value("document.documentElement.scrollWidth") == width
    assert [address for address in tab.asked if not address.startswith("data:")] == [file.as_uri()]
    small = "[...document.querySelectorAll('body *')].filter(e => e.childElementCount === 0 && e.textContent.trim())"
    assert tab.value(f"Math.min(...{small}.map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 12


@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark(tab: Tab, file: Path, dark: bool) -> None:
    tab.open(file.as_uri(), dark=dark)
    shade = "n => getComputedStyle(document.querySelector(n[0]))[n[1]].match(/[0-9.]+/g).slice(0, 3).map(Number)"
    luminance = f"""(() => {{ const rgb = {shade};
        const light = c => c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
        const page = light(rgb(['section', 'backgroundColor']));
        return ['body', 'section p', 'td a', '.ticks'].map(n => light(rgb([n, 'color'])))
            .map(v => (Math.max(v, page) + .05) / (Math.min(v, page) + .05)).concat([page]); }})()"""
    *contrasts, page = tab.value(luminance)
    assert (page < 0.2) == dark
    assert min(contrasts) >= 4.5  # WCAG 2.2, 1.4.3


def test_by_keyboard_alone(tab: Tab, file: Path) -> None:
    tab.open(file.as_uri(), width=NARROW)
    tab.press("Tab", 9)
    assert tab.value("document.activeElement.textContent") == "Skip to the figures"
    assert tab.value("document.activeElement.getBoundingClientRect().left") >= 0
    for _ in SECTIONS:
        tab.press("Tab", 9)
    assert tab.value("document.activeElement.getAttribute('href')") == "#doubts"
    assert tab.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.press("Enter", 13)
    assert tab.value("location.hash") == "#doubts"
    scrolling = "[...document.querySelectorAll('.scroll')].every(e => e.tabIndex === 0 && e.getAttribute('aria-label'))"
    assert tab.value(scrolling)


def test_every_plot_says_what_it_is_and_has_its_numbers_beside_it(tab: Tab, file: Path) -> None:
    tab.open(file.as_uri())
    assert tab.value("document.querySelectorAll('[role=img]').length") >= 8
    assert tab.value("[...document.querySelectorAll('[role=img]')].every(e => e.getAttribute('aria-label'))")
    assert tab.value("[...document.querySelectorAll('.pair')].every(e => e.querySelector('table'))")


def test_on_a_wide_screen_bars_compare_and_no_table_is_cut(tab: Tab, file: Path) -> None:
    tab.open(file.as_uri(), width=WIDE)
    bars = "[...document.querySelectorAll('.bars')].map(list => [...list.querySelectorAll('.bar')]"
    assert tab.value(f"{bars}.map(e => Math.round(e.getBoundingClientRect().width)))") != []
    assert tab.value(f"{bars}.map(e => Math.round(e.getBoundingClientRect().width))).every(w => new Set(w).size <= 1)")
    cut = "[...document.querySelectorAll('.bars .name')].filter(e => e.scrollWidth > e.clientWidth).length"
    assert tab.value(cut) == 0
    tables = "[...document.querySelectorAll('.pair .scroll')].filter(e => e.scrollWidth > e.clientWidth)"
    assert tab.value(f"{tables}.map(e => e.getAttribute('aria-label'))") == []


def test_in_print_nothing_is_cut(tab: Tab, file: Path) -> None:
    tab.open(file.as_uri())
    assert tab.printed().startswith(b"%PDF")
    tab.call("Emulation.setEmulatedMedia", media="print", features=[])
    assert tab.value("[...document.querySelectorAll('.scroll')].every(e => getComputedStyle(e).maxHeight === 'none')")
    assert tab.value("getComputedStyle(document.querySelector('nav')).display") == "none"


def test_an_empty_database_in_a_browser(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text(page_of(tmp_path / "news.db"), encoding="utf-8")
    tab.open((tmp_path / "empty.html").as_uri(), width=NARROW)
    assert "Nothing to show yet." in tab.value("document.body.innerText")
    assert tab.value("document.documentElement.scrollWidth") == NARROW
