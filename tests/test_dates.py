"""What a date line is read as. To add a case, add a line to a table; for many more strings see corpus/dates.jsonl."""

from __future__ import annotations

import doctest
import importlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipelines.dates
from pipelines.dates import read_date, warm_up
from pipelines.items import ReadDate

SEEN = datetime(2025, 9, 17, 10, 0, tzinfo=UTC)
"""A Wednesday."""

# text, language, site's zone, moment, precision, where the zone came from, ambiguous
READ = [
    ("Publié dans Le Phare le 03 - 09 - 2025", "fr", "Africa/Casablanca", "2025-09-03", "day", None, False),
    ("Published in The Lighthouse on 03 - 09 - 2025", "en", "", "2025-09-03", "day", None, False),
    ("2025-09-03T08:15:00+02:00", "fr", "Africa/Tunis", "2025-09-03T06:15:00Z", "minute", "written", False),
    ("2025-09-03T08:15:00", "fr", "Africa/Tunis", "2025-09-03T07:15:00Z", "minute", "site", False),
    ("2025-09-03T08:15:00", "fr", "", "2025-09-03T08:15:00Z", "minute", "assumed", False),
    ("2025-09-03T00:00:00", "fr", "", "2025-09-03T00:00:00Z", "minute", "assumed", False),
    ("2025-09-03", "fr", "Africa/Tunis", "2025-09-03", "day", None, False),
    ("2025-09", "fr", "Africa/Tunis", "2025-09", "month", None, False),
    ("septembre 2025", "fr", "", "2025-09", "month", None, False),
    ("1756887300", "fr", "Africa/Tunis", "2025-09-03T08:15:00Z", "minute", "written", False),
    # The site's zone, on both sides of its clock changes and of midnight.
    ("Publié le 2 septembre 2025 à 08h15", "fr", "Europe/Paris", "2025-09-02T06:15:00Z", "minute", "site", False),
    ("Publié le 15 janvier 2025 à 23h50", "fr", "Europe/Paris", "2025-01-15T22:50:00Z", "minute", "site", False),
    ("Publié le 1er janvier 2025 à 00h20", "fr", "Africa/Algiers", "2024-12-31T23:20:00Z", "minute", "site", False),
    ("12 March 2024 at 10:30 local time", "en", "Africa/Cairo", "2024-03-12T08:30:00Z", "minute", "site", False),
    ("12 March 2024 at 10:30 GMT", "en", "Africa/Cairo", "2024-03-12T10:30:00Z", "minute", "written", False),
    # A distance is an instant where it is one of hours, a day of the site's calendar where it is one of days.
    ("il y a 3 heures", "fr", "Europe/Paris", "2025-09-17T07:00:00Z", "minute", "written", False),
    ("hace 2 días", "es", "", "2025-09-15", "day", None, False),
    ("yesterday", "en", "Pacific/Auckland", "2025-09-16", "day", None, False),
    ("hier à 22h10", "fr", "Europe/Paris", "2025-09-16T20:10:00Z", "minute", "site", False),
    ("yesterday at 9am", "en", "America/New_York", "2025-09-16T13:00:00Z", "minute", "site", False),
    ("Ayer a las 21:15", "es", "Europe/Madrid", "2025-09-16T19:15:00Z", "minute", "site", False),
    ("last month", "en", "", "2025-08", "month", None, False),
    ("a few minutes ago", "en", "", "2025-09-17", "day", None, False),
    # Day and month: what decides, and what leaves it open.
    ("03/04/2020", "fr", "", "2020-04-03", "day", None, False),
    ("03/04/2020", "ar", "", "2020-04-03", "day", None, False),
    ("03/04/2020", "en", "", "2020-04-03", "day", None, True),
    ("03/04/2020", "", "", "2020-04-03", "day", None, True),
    ("03-04-2020", "en", "", "2020-04-03", "day", None, True),
    ("03.04.2020", "en", "", "2020-04-03", "day", None, False),
    ("03 - 04 - 2020", "en", "", "2020-04-03", "day", None, False),
    ("04/04/2020", "en", "", "2020-04-04", "day", None, False),
    ("25/04/2020", "en", "", "2020-04-25", "day", None, False),
    ("04/25/2020", "en", "", "2020-04-25", "day", None, False),
    ("Publié le 03/04/2020", "en", "", "2020-04-03", "day", None, False),
    ("Friday 03/04/2020", "en", "", "2020-04-03", "day", None, False),
    ("Wednesday 03/04/2020", "en", "", "2020-03-04", "day", None, False),
    ("08/10/2025", "en", "", "2025-08-10", "day", None, False),
    ("03/04/2020 5:00 PM", "en", "Europe/London", "2020-04-03T16:00:00Z", "minute", "site", False),
    ("03/04/2020 5:00 PM", "en", "America/New_York", "2020-03-04T22:00:00Z", "minute", "site", False),
    ("03/04/2020 5:00 PM EST", "en", "", "2020-03-04T22:00:00Z", "minute", "written", False),
    ("03/04/2020 5:00 PM", "en", "", "2020-04-03T17:00:00Z", "minute", "assumed", True),
    # A zone is written only behind a time, and in capitals where its letters are a word.
    ("3 mai 2024 à 10h30 et mis à jour à 12h", "fr", "", "2024-05-03T10:30:00Z", "minute", "assumed", False),
    ("May 3, 2024 at 10:30 AM ET", "en", "", "2024-05-03T14:30:00Z", "minute", "written", False),
    ("3 mai 2024 à 10h30 EST", "fr", "", "2024-05-03T15:30:00Z", "minute", "written", False),
]


@pytest.mark.parametrize(("raw", "language", "zone", "at", "precision", "source", "ambiguous"), READ)
def test_what_a_line_tells(
    raw: str, language: str, zone: str, at: str, precision: str, source: str | None, ambiguous: bool
) -> None:
    found = read_date(raw, language=language, reference=SEEN, timezone=zone)
    assert (found.at, found.precision, found.zone_source, found.ambiguous) == (at, precision, source, ambiguous)
    assert found.raw == raw


@pytest.mark.parametrize(
    ("raw", "zone", "at", "day"),
    [
        ("2020-02-17T21:18:11-05:00", "", "2020-02-18T02:18:11Z", "2020-02-17"),
        ("Publié le 3 mai 2024 à 00h30", "Africa/Tunis", "2024-05-02T23:30:00Z", "2024-05-03"),
        ("Publié le 3 mai 2024", "Africa/Tunis", "2024-05-03", "2024-05-03"),
        ("mai 2024", "", "2024-05", None),
        ("un jour", "", None, None),
    ],
)
def test_the_day_is_the_one_that_was_written(raw: str, zone: str, at: str | None, day: str | None) -> None:
    found = read_date(raw, language="fr", reference=SEEN, timezone=zone)
    assert (found.at, found.day) == (at, day)


NOT_READ = [
    ("", "nothing"),
    ("   ", "blanks"),
    ("31 avril 2024", "no such day"),
    ("2024-03-05T24:00:00", "no such hour"),
    ("5 mai 2024 à 25h61", "no such time: the day may be as wrong"),
    ("17 octobre 2025", "not come yet"),
    ("2025-09-18T10:01:00Z", "more than a day after the page was seen"),
    ("31/12/1989", "older than the web"),
    ("1970-01-01T00:00:00Z", "a clock that was never set"),
    ("2025", "a year"),
    ("2019-2020", "years"),
    ("2010-11", "a season as likely as a month"),
    ("12/05", "a fraction as likely as a day"),
    ("14h30", "a time"),
    ("dimanche", "a weekday"),
    ("du 3 au 5 mai 2024", "several days"),
    ("5 mai 2024 18:00 - 20:00", "an event"),
    ("Né le 5 mai 1998", "a birthday"),
    ("Member since March 2019", "a membership"),
    ("Les inondations du 3 mars 2021 à Tanger", "a headline"),
    ("Le rapport publié le 12 mars 2024 par le Cap montre une hausse des captures", "running text"),
    ("Publié le 5 mai 2024. " + "Le vent s'est levé sur le port. " * 10, "a paragraph"),
    ("x" * 1_000_000, "a megabyte"),
]


@pytest.mark.parametrize("raw", [raw for raw, _ in NOT_READ], ids=[why for _, why in NOT_READ])
def test_what_is_no_date_is_left_unread(raw: str) -> None:
    assert read_date(raw, language="fr", reference=SEEN) == ReadDate(raw, None, None, None)


def test_a_reference_without_a_zone_and_an_unknown_zone_are_mistakes_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        read_date("hier", reference=datetime(2025, 9, 17))
    with pytest.raises(ValueError, match="Atlantis"):
        read_date("hier", reference=SEEN, timezone="Europe/Atlantis")


def test_bounds_are_the_day_after_the_page_was_seen_and_1990() -> None:
    assert read_date("2025-09-18T10:00:00Z", reference=SEEN).at == "2025-09-18T10:00:00Z"
    assert read_date("18 septembre 2025", reference=SEEN).at == "2025-09-18"
    assert read_date("19 septembre 2025", reference=SEEN).at is None
    assert read_date("1 janvier 1990", reference=SEEN).at == "1990-01-01"


def test_dateparser_is_asked_for_nothing_that_our_own_readers_know(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pipelines.dates, "_ask_dateparser", lambda text, *_: asked.append(text))
    for raw, language, zone, *_ in READ:
        read_date(raw, language=language, reference=SEEN, timezone=zone)
    for raw, _ in NOT_READ:
        read_date(raw, language="fr", reference=SEEN)
    assert asked == []
    read_date("2.5 hours ago", language="en", reference=SEEN)
    assert asked == ["2.5 hours ago"]


@pytest.mark.parametrize(
    "raw", ["5. März 2024, 14:30 Uhr", "2.5 hours ago", "Bayern 2 - 1", "3 Minuten", "vor 3 Stunden"]
)
def test_dateparser_reads_within_the_same_bounds(raw: str) -> None:
    warm_up()
    expected = {
        "5. März 2024, 14:30 Uhr": "2024-03-05T14:30:00Z",
        "2.5 hours ago": "2025-09-17T07:30:00Z",
        "vor 3 Stunden": "2025-09-17T07:00:00Z",
    }
    language = "en" if "ago" in raw else "de"
    assert read_date(raw, language=language, reference=SEEN).at == expected.get(raw)


# ---------------------------------------------------------------------------- properties


def listed(words: str) -> list[str]:
    return words.split()


FRENCH = listed("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
ENGLISH = listed("January February March April May June July August September October November December")
SPANISH = listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
MAGHREB = listed("جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر")
LEVANT = [
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
]
WEEKDAYS = listed("lundi mardi mercredi jeudi vendredi samedi dimanche")

DAY_FORMS = [
    ("fr", "{d:%d} - {d:%m} - {d:%Y}"),
    ("fr", "Publié dans Le Phare le {d.day} - {d.month} - {d.year}"),
    ("en", "Published in The Lighthouse on {d:%d} - {d:%m} - {d:%Y}"),
    ("es", "Publicado en El Faro el {d:%d} - {d:%m} - {d:%Y}"),
    ("ar", "نشر في المنارة يوم {d:%d} - {d:%m} - {d:%Y}"),
    ("fr", "{d:%d/%m/%Y}"),
    ("es", "{d.day}-{d.month}-{d.year}"),
    ("fr", "{d:%d.%m.%Y}"),
    ("en", "{d:%Y-%m-%d}"),
    ("en", "{d:%Y/%m/%d}"),
    ("en", "{d:%Y%m%d}"),
    ("fr", "{d.day} {fr} {d.year}"),
    ("fr", "{weekday} {d.day} {fr} {d.year}"),
    ("fr", "Mis à jour le {d.day} {fr} {d.year}"),
    ("fr", "Par Lina Haddad | {d.day} {fr} {d.year}"),
    ("en", "{en} {d.day}, {d.year}"),
    ("en", "{d.day} {en} {d.year}"),
    ("en", "{d:%a}, {d.day} {d:%b} {d.year}"),
    ("es", "{d.day} de {es} de {d.year}"),
    ("es", "{es} {d.day}, {d.year}"),
    ("ar", "{d.day} {maghreb} {d.year}"),
    ("ar", "{d.day} {levant} {d.year}"),
]
TIME_FORMS = [
    ("fr", "Publié le {d.day} {fr} {d.year} à {d:%H}h{d:%M}"),
    ("fr", "{d:%d/%m/%Y} à {d:%H:%M}"),
    ("fr", "{d:%H:%M} | {d.day} {fr} {d.year}"),
    ("fr", "Mis à jour le {d.day} {fr} {d.year} à {d.hour} h {d:%M}"),
    ("en", "{en} {d.day}, {d.year} at {d:%I}:{d:%M} {d:%p}"),
    ("en", "{d.day} {en} {d.year}, {d:%H}.{d:%M}"),
    ("es", "{d.day} de {es} de {d.year} a las {d:%H:%M} horas"),
    ("es", "{d:%d/%m/%Y} - {d:%H:%M}h"),
    ("ar", "{d.day} {maghreb} {d.year} الساعة {d:%H:%M}"),
    ("en", "{d:%Y-%m-%d %H:%M}"),
    ("en", "{d:%a} {d:%b} {d:%d} {d:%H:%M}:00 {d.year}"),
]

days = st.dates(min_value=date(1990, 1, 1), max_value=SEEN.date())
instants = st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2025, 9, 16)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
every = settings(deadline=None, derandomize=True, max_examples=200)


def written(form: str, moment: date) -> str:
    names = {"fr": FRENCH, "en": ENGLISH, "es": SPANISH, "maghreb": MAGHREB, "levant": LEVANT}
    months = {name: table[moment.month - 1] for name, table in names.items()}
    return form.format(d=moment, weekday=WEEKDAYS[moment.weekday()], **months)


@pytest.mark.parametrize(("language", "form"), DAY_FORMS, ids=[form for _, form in DAY_FORMS])
@given(day=days)
@settings(every, max_examples=60)
def test_every_day_comes_back_from_every_form(language: str, form: str, day: date) -> None:
    found = read_date(written(form, day), language=language, reference=SEEN)
    assert (found.at, found.precision, found.ambiguous) == (day.isoformat(), "day", False)


@pytest.mark.parametrize(("language", "form"), TIME_FORMS, ids=[form for _, form in TIME_FORMS])
@given(moment=instants)
@settings(every, max_examples=60)
def test_every_time_comes_back_from_every_form(language: str, form: str, moment: datetime) -> None:
    found = read_date(written(form, moment), language=language, reference=SEEN)
    assert (found.at, found.zone_source) == (moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "assumed")


@given(moment=instants, minutes=st.integers(-14 * 60, 14 * 60))
@every
def test_every_offset_comes_back(moment: datetime, minutes: int) -> None:
    local = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=minutes)))
    expected = (moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "written")
    for raw in (local.isoformat(), format_datetime(local), f"Publié : {local.isoformat(sep=' ')}"):
        found = read_date(raw, language="fr", reference=SEEN, timezone="Asia/Beirut")
        assert (found.at, found.zone_source) == expected


@given(published=days, updated=days)
@every
def test_published_beats_updated_in_either_order(published: date, updated: date) -> None:
    for language, first, second in (
        ("fr", "Publié le {d:%d/%m/%Y} à {d:%H:%M}", "Mis à jour le {d:%d/%m/%Y} à {d:%H:%M}"),
        ("en", "Published {en} {d.day}, {d.year}", "Updated {en} {d.day}, {d.year}"),
        ("es", "Publicado el {d.day} de {es} de {d.year}", "Actualizado el {d.day} de {es} de {d.year}"),
        ("ar", "نشر في {d:%d/%m/%Y}", "آخر تحديث {d:%d/%m/%Y}"),
    ):
        a, b = (
            written(form, datetime(day.year, day.month, day.day))
            for form, day in ((first, published), (second, updated))
        )
        for raw in (f"{a} | {b}", f"{b} | {a}", f"{a} {b}", f"{b} {a}", f"{a}, {b}"):
            found = read_date(raw, language=language, reference=SEEN)
            assert (found.at or "")[:10] == published.isoformat(), raw


@given(hours=st.integers(1, 200), days_back=st.integers(1, 300))
@every
def test_distances_count_back_from_when_the_page_was_seen(hours: int, days_back: int) -> None:
    instant = (SEEN - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for language, form in (("fr", "il y a {} heures"), ("en", "{} hours ago"), ("es", "hace {} horas")):
        assert read_date(form.format(hours), language=language, reference=SEEN).at == instant
    day = (SEEN - timedelta(days=days_back)).date().isoformat()
    for language, form in (("fr", "il y a {} jours"), ("en", "{} days ago"), ("es", "hace {} días")):
        assert read_date(form.format(days_back), language=language, reference=SEEN).at == day


PIECES = [
    *listed("12 31 2024 24 99 0 / - . : , | ( ) à h am p.m. Z + T © % € le du of"),
    *listed("mars mar may sept 10:30 25:61 GMT CET +01:00 lundi sun ago hace il_y_a heures jours"),
    *listed("publié updated Publicado نشر مارس منذ ساعات ١٢ hier today last month né by Lina"),
    *("\ufffd", "\u0301", "\u200f", "\n", "🎉", "1709676900", "2024-03-05T22:15", "Europe/Paris"),
]
lines = st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: " ".join(pieces).replace("_", " "))
languages = st.sampled_from(["", "fr", "en", "es", "ar", "de", "und", "xx"])
zones = st.sampled_from(["", "Europe/Paris", "Africa/Casablanca", "America/New_York", "Pacific/Kiritimati"])


@given(raw=st.one_of(st.text(max_size=60), lines), language=languages, zone=zones)
@settings(every, max_examples=600)
def test_no_text_raises_and_no_answer_is_out_of_bounds(raw: str, language: str, zone: str) -> None:
    found = read_date(raw, language=language, reference=SEEN, timezone=zone)
    assert found.raw == raw
    assert found == read_date(raw, language=language, reference=SEEN, timezone=zone)
    if found.at is None:
        assert (found.precision, found.zone_source, found.ambiguous) == (None, None, False)
        return
    assert found.precision == {20: "minute", 10: "day", 7: "month"}[len(found.at)]
    assert (found.zone_source is None) == (found.precision != "minute")
    assert found.at.ljust(10, "~") >= "1990-01-01"
    latest = "2025-09-18T10:00:00Z" if found.precision == "minute" else "2025-09-19"
    assert found.at <= latest


def test_threads_read_what_one_thread_reads() -> None:
    corpus = (Path(__file__).parent / "corpus" / "dates.jsonl").read_text("utf-8").splitlines()
    strings = [(row["raw"], row["lang_hint"]) for row in map(json.loads, corpus)]

    def read(string: tuple[str, str]) -> ReadDate:
        return read_date(string[0], language=string[1], reference=SEEN)

    alone = [read(string) for string in strings]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, strings)) == alone


@pytest.mark.parametrize(
    "module", ["dates", *(f"date_{part}" for part in listed("clock line machine order relative text words zone"))]
)
def test_the_examples_in_the_docstrings_run(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"pipelines.{module}")).failed == 0
