"""Dates in languages the own grammar does not know, through dateparser; loaded only when a text shows such a word."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from agent.reading.dates import Calendar
from agent.reading.moment import Moment

_HINT = re.compile(
    (
        r"(?<!\d)\d{1,2}\.?(?:er|º)?\s+(?:de\s+)?(?:januar|februar|märz|mai|juni|juli|oktober|"
        r"dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
        r"novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
        r"noviembre|diciembre|gennaio|febbraio|"
        r"aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|"
        r"junho|julho|setembro|outubro|novembro|dezembro)"
        r"(?:\s+(?:de\s+)?20\d\d)?(?!\w)|\b(?:morgen|übermorgen|heute|demain|après-demain|"
        r"aujourd'hui|mañana|domani|amanhã)\b"
    ),
    re.IGNORECASE,
)
_LANGUAGES = ["de", "fr", "es", "it", "pt"]


def read_foreign_days(text: str, calendar: Calendar) -> list[Moment]:
    """Days written in German, French, Spanish, Italian or Portuguese; empty for any other text."""

    matches = list(_HINT.finditer(text))
    if not matches:
        return []
    import dateparser

    found = []
    for match in matches[:8]:
        parsed: datetime | None = dateparser.parse(
            match.group(),
            languages=_LANGUAGES,
            settings={
                "RELATIVE_BASE": datetime.combine(calendar.today, time()),
                "PREFER_DATES_FROM": "past" if calendar.past else "future",
                "DATE_ORDER": "DMY",
            },
        )
        if parsed is not None:
            found.append(Moment(match.start(), match.end(), "day", day=_plain(parsed)))
    return found


def _plain(parsed: datetime) -> date:
    return parsed.date()
