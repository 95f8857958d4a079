"""Dates told from the moment the page was seen: "il y a 3 heures", "hace 2 días", "yesterday", "أمس".

A distance in hours or minutes gives an instant, one in days or more a day of the calendar: "a month ago" is the same
day of the month before. "Last month" names a month. "A few minutes ago" is a day; "a few hours ago", "more than a year
ago", "last week" and "last year" may be one of several days and are not read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from pipelines.date_clock import Clock
from pipelines.date_machine import Stamp
from pipelines.date_words import WEEKDAYS, alternatives, compose, forms

__all__ = ["AGO", "DAY_WORD", "NAMED_PAST", "read_ago", "read_day_word", "read_named_past"]

_NUMBERS = """
un une una uno a an one
deux two dos
trois three tres
quatre four cuatro
cinq five cinco
six seis
sept seven siete
huit eight ocho
neuf nine nueve
dix ten diez
onze eleven once
douze twelve doce
"""
_UNITS = """
second seconde secondes seconds sec secs s segundo segundos ثانية ثوان ثواني
minute minutes min mins mn m minuto minutos دقيقة دقائق
hour heure heures h hours hr hrs hora horas ساعة ساعات
day jour jours j days d día días يوم أيام يوما
week semaine semaines sem weeks wk wks w semana semanas أسبوع أسابيع
month mois months mo mos mes meses شهر أشهر شهرا شهور
year an ans année années years yr yrs y año años سنة سنوات عام أعوام
"""
# Arabic puts "two" into the word for the unit.
_DUALS = """
minute دقيقتين دقيقتان
hour ساعتين ساعتان
day يومين يومان
week أسبوعين
month شهرين
year سنتين عامين
"""
# Days back, "now", or "today" for what happened moments ago.
_DAY_WORDS = """
0 aujourd'hui aujourd_hui today hoy اليوم ce_matin ce_soir cet_après-midi cette_nuit this_morning this_afternoon
0 this_evening esta_mañana esta_tarde il_y_a_quelques_minutes il_y_a_quelques_instants il_y_a_quelques_secondes
0 il_y_a_moins_d'une_minute a_few_minutes_ago a_few_seconds_ago less_than_a_minute_ago moments_ago a_moment_ago
0 hace_unos_minutos hace_unos_segundos hace_un_momento hace_instantes hace_menos_de_un_minuto
0 منذ_قليل قبل_قليل منذ_دقائق
1 hier yesterday ayer أمس hier_soir hier_matin yesterday_morning yesterday_evening yesterday_afternoon
1 ayer_por_la_mañana ayer_por_la_tarde ayer_por_la_noche
2 avant-hier avant_hier the_day_before_yesterday anteayer antier antes_de_ayer أول_أمس
now à_l'instant à_l_instant just_now right_now now ahora_mismo ahora maintenant الآن
"""


def _first_word_of(table: str) -> dict[str, str]:
    """Each folded form of a table's lines to the first word of its line."""
    return {form.replace(" ", ""): line.split()[0] for line in table.strip().splitlines() for form in forms(line)}


_COUNTS = {form: row for row, line in enumerate(_NUMBERS.strip().splitlines(), 1) for form in forms(line)}
_UNIT_OF, _DUAL_OF, _BACK_OF = _first_word_of(_UNITS), _first_word_of(_DUALS), _first_word_of(_DAY_WORDS)

_OPEN = r"(?:plus\sde|over|more\sthan|mas\sde|اكثر\sمن)"
_COUNT = compose(r"(?: \d{1,3} | WORD END )", WORD=alternatives(_COUNTS))
_UNIT = compose("UNIT END", UNIT=alternatives(_UNIT_OF))
_STEP = compose(r"COUNT \s? UNIT", COUNT=_COUNT, UNIT=_UNIT)
_STEPS = compose(
    r"""(?: (?: environ|pres\sde|about|around|almost|casi|unos|unas|حوالي|OPEN ) \s )?
    STEP (?: (?: \s? (?:,|et|and|y|و)? \s? STEP ){1,6} | (?<=h)\d\d(?!\d) )?""",
    OPEN=_OPEN,
    STEP=_STEP,
)
AGO = compose(
    r"""START (?: (?:il\s?y\s?a|hace)\sSTEPS | STEPS\sago END
    | (?:منذ|قبل)\s(?: STEPS | (?:DUAL|UNIT)(?:\sواحده?)? END ) )""",
    STEPS=_STEPS,
    DUAL=alternatives([form for line in _DUALS.strip().splitlines() for form in forms(line)[1:]]),
    UNIT=_UNIT,
)
"""A counted distance into the past."""
DAY_WORD = compose(
    "START WORD END",
    WORD=alternatives(form for line in _DAY_WORDS.strip().splitlines() for form in forms(line.split(" ", 1)[1])),
)
"""A word for today, yesterday, the day before, or now."""
_LAST_MONTH = alternatives(forms("le_mois_dernier mois_dernier last_month el_mes_pasado mes_pasado الشهر_الماضي"))
_THIS_MONTH = alternatives(forms("ce_mois ce_mois-ci this_month este_mes"))
NAMED_PAST = compose(
    r"START (?: LAST_MONTH | THIS_MONTH | (?:el\spasado|last)\sWEEKDAY | WEEKDAY\sLAST ) END",
    LAST_MONTH=_LAST_MONTH,
    THIS_MONTH=_THIS_MONTH,
    LAST=alternatives(forms("dernier passé pasado الماضي")),
)
"""A month or weekday named as the last one."""

_STEP_PARTS = re.compile(compose(r"(?P<n>COUNT) \s? (?P<unit>UNIT)", COUNT=_COUNT, UNIT=_UNIT), re.VERBOSE)
_HOURS_MINUTES = re.compile(r"(\d{1,2})\s?h(\d\d)")
_WEEKDAY = re.compile(compose("START WEEKDAY"), re.VERBOSE)


def read_ago(text: str, local: datetime) -> Stamp | None:
    """The moment that a match of :data:`AGO` names, counted back from ``local`` (aware, in the site's zone).

    None where the distance is open ("more than a year ago") or leaves the calendar.
    """
    if re.search(_OPEN, text):
        return None
    steps, moment = _steps(text), local
    try:
        for count, unit in steps:
            moment = _back(moment, count, unit)
    except (OverflowError, ValueError):
        return None
    return _instant(moment) if steps[-1][1] in ("second", "minute", "hour") else _day(moment.date())


def _steps(text: str) -> list[tuple[int, str]]:
    short = _HOURS_MINUTES.search(text)
    if short:
        return [(int(short[1]), "hour"), (int(short[2]), "minute")]
    steps = [(_COUNTS.get(step["n"]) or int(step["n"]), _UNIT_OF[step["unit"]]) for step in _STEP_PARTS.finditer(text)]
    last = text.split()[1]
    return steps or ([(2, _DUAL_OF[last])] if last in _DUAL_OF else [(1, _UNIT_OF[last])])


def _back(moment: datetime, count: int, unit: str) -> datetime:
    if unit in ("second", "minute", "hour"):
        # Through UTC: an hour ago is an hour ago also on the night the clocks change.
        return (moment.astimezone(UTC) - timedelta(**{unit + "s": count})).astimezone(moment.tzinfo)
    if unit in ("day", "week"):
        return moment - timedelta(days=count * (7 if unit == "week" else 1))
    months = moment.year * 12 + moment.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _day(day: date) -> Stamp:
    return Stamp(day.year, day.month, day.day)


def _instant(moment: datetime) -> Stamp:
    utc = moment.astimezone(UTC)
    return Stamp(utc.year, utc.month, utc.day, Clock(utc.hour, utc.minute, utc.second), UTC)


def read_day_word(text: str, local: datetime) -> Stamp:
    """The day (or for "now" the instant) that a match of :data:`DAY_WORD` names."""
    back = _BACK_OF[text.replace(" ", "")]
    return _instant(local) if back == "now" else _day(local.date() - timedelta(days=int(back)))


def read_named_past(text: str, local: datetime) -> Stamp:
    """The month or day that a match of :data:`NAMED_PAST` names; "last Monday" lies before today."""
    today = local.date()
    if re.fullmatch(_THIS_MONTH, text):
        return Stamp(today.year, today.month, None)
    weekday = _WEEKDAY.search(text)
    if weekday is None or re.fullmatch(_LAST_MONTH, text):
        before = today.replace(day=1) - timedelta(days=1)
        return Stamp(before.year, before.month, None)
    wanted = WEEKDAYS[weekday[0].rstrip(".")]
    return _day(today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1))
