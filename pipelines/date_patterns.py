"""The shapes that the pieces of a date line have, put together into one pattern."""

from __future__ import annotations

import re

from pipelines.date_clock import CLOCK, WEAK_CLOCK
from pipelines.date_relative import AGO, DAY_WORD, NAMED_PAST
from pipelines.date_words import MONTHS, alternatives, compose
from pipelines.date_zone import ZONE

__all__ = ["CLOCK_RANGE", "MONTH_NAME", "SCANNER"]

_PIECES = {
    "DAYS": r"(?:\d{1,2}|premier|primero|uno)",
    "ORDINAL": r"(?: \s? \.? (?:er|ere|eme|st|nd|rd|th|ro|do|to|o|a|e|°) END \.? | \. )?",
    "OF_A": r"(?: \s? (?:de\sl'annee|del\sano|de\sla\sano|del|de|du|of|year|ano|عام|سنه) \s )?",
    "GAP": r"\s? [,./-]? \s?",
    "NOT_CLOCK": r"(?! \d | \s?[:h]\s?\d | \s?hEND | \.\d | \s?[ap]\.?\s?mEND )",
    # "12 شباط/فبراير 2024": the Levant's name and Egypt's side by side.
    "TWICE": r"(?: \s? [/(] \s? MONTH \)? )?",
    "MINUTES": r"\s? -? (?:mn|mins?|minutes?|minutos?) END \.?",
    "COUNTED": r"""(?: vues?|views?|visitas|vistas|lectures?|lecturas?|reads?|hits|commentaires?|comments?|comentarios?
        |reactions?|partages?|shares?|likes|clics|مشاهده|مشاهدات|تعليق|تعليقات|قراءه ) END""",
}
_PIECES = {name: compose(piece) for name, piece in _PIECES.items()}

# Order decides where two could match at one place: what says more goes first.
_PATTERNS = {
    "iso": r"""(?<![\d./]) (?<!\d-) (?P<isoy>\d{4}) \s? (?P<isos>[-/.]) \s? (?P<isom>\d{1,2}) \s? (?P=isos) \s?
        (?P<isod>\d{1,2}) (?= t\d\d:?\d\d | (?!\d|[./-]\d|[^\W\d_]) )""",
    "numeric": r"""(?<![\d./]) (?<!\d-) (?P<na>\d{1,2}) (?P<gap>\s?) (?P<ns>[-/.]) \s? (?P<nb>\d{1,2}) \s? (?P=ns) \s?
        (?P<ny>\d{4}|\d{2}) (?! \d | [./-]\d | \s?[€$%] )""",
    "dmy": r"""(?<![\d.:/]) (?<!\d,) (?P<dmyd>DAYS) ORDINAL \s? (?:(?:de|du|of)\s)? [-/,]? \s? (?P<dmym>MONTH) TWICE
        (?: GAP OF_A (?P<dmyy>\d{4}) (?!\d)
          | (?:[-/]|\s?') (?P<dmyt>\d{2}) NOT_CLOCK
          | (?:[\s.]\s?|(?<=\.)) (?P<dmyu>\d{2}) (?= \s*$ | ,?\s(?:a\s)?\d{1,2}\s?[:h]\d\d | \s?[,;|)] ) )?""",
    "ymd": r"(?<!\d) (?P<ymdy>\d{4}) [\s,./-]{1,2} (?P<ymdm>MONTH) [\s./-]{1,2} (?P<ymdd>\d{1,2}) NOT_CLOCK",
    "mdy": r"""START (?P<mdym>MONTH) \s? [/-]? \s? (?:the\s)? (?P<mdyd>\d{1,2}) (?!\d) ORDINAL GAP OF_A
        (?P<mdyy>\d{4}) (?!\d)""",
    "my": r"START (?P<mym>MONTH) TWICE GAP OF_A (?P<myy>\d{4}) (?!\d)",
    "md": r"START (?P<mdm>MONTH) \s? (?P<mdd>\d{1,2}) NOT_CLOCK ORDINAL (?! \s? (?:(?:de|of)\s)? MONTH )",
    "hijri": r"\d{1,2} \s? HIJRI \s? ,? \s? \d{4} (?!\d)",
    "ago": AGO,
    "past": NAMED_PAST,
    "dayword": DAY_WORD,
    "count": r"""START (?:
        (?:temps\sde\slecture|lecture|reading\stime|tiempo\sde\slectura|lectura) \s? (?::|de)? \s? \d{1,3} MINUTES
      | \d{1,3} MINUTES \s (?:read|reading|lues?|de\slecture|de\slectura|lecture) END
      | (?:n|no|num|numero|nro|issue) \s? [°.]? \s? \d{1,6} (?![\d/-])
      | (?:lue?|vue?|leido|visto|read|viewed) \s \d{1,7} \s (?:fois|veces|times) END
      | \d[\d.,]{0,9} (?:\s\d{3})? \s? [km]? \s? COUNTED )""",
    "clock": CLOCK,
    "weak": WEAK_CLOCK,
    "short": r"(?<![\d./-]) (?P<sha>\d{1,2}) / (?P<shb>\d{1,4}) (?![\d/.-])",
    "weekday": r"START WEEKDAY",
    "label": r"START LABEL END",
    "zone": ZONE,
    "number": r"\d+ (?:[.,]\d+)*",
    "word": r"""[^\W\d_] (?: [^\W\d] | ['@&\ufffd] | \d(?!\d?\s?[-/.]\s?\d) | -(?=[^\W\d_])
        | \.(?=(?:com|net|org|info|[a-z]{2})(?!\w)) )*""",
    "colon": ":",
    "sep": r"[-,;@|•·∙●▪/()\[\]»>«<]",
    "mark": r"\S",
}
SCANNER = re.compile(
    "|".join(f"(?P<{kind}> {compose(pattern, **_PIECES)} )" for kind, pattern in _PATTERNS.items()), re.VERBOSE
)
"""Finds the pieces of a folded lower-case line one after the other; ``lastgroup`` is the kind."""
MONTH_NAME = re.compile(compose("START (WORD) END", WORD=alternatives(MONTHS)), re.VERBOSE)
"""A month's name and nothing else."""
CLOCK_RANGE = re.compile(r"-\d\d:\d\d")
"""What is an offset behind seconds and the end of opening hours behind minutes."""
