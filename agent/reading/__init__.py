"""Reading organisers' language: moments, amounts, names, people, spelling. Pure functions on text; every find says where it stands.

`read_moments(text, now, zone)` days, times, ranges, lengths · `read_money(text, default_currency)` amounts in minor units ·
`read_numbers(text)` counts · `resolve(name, candidates)` which thing a name means · `find_names(text, candidates)` where they stand ·
`read_people(text)`, `read_emails(text)` buyers · `correct_spelling(text, names)` slips of the finger · `gloss(text)` Dutch into English.
Nothing here raises on any text, and only the first `MAX_READ` characters are looked at.
"""

from agent.reading.amounts import MoneyMention, NumberMention, read_money, read_numbers, to_minor
from agent.reading.dutch import gloss, looks_dutch
from agent.reading.moment import Moment
from agent.reading.moments import part_of_day, read_moments
from agent.reading.names import Match, NameMention, find_names, resolve
from agent.reading.people import PersonMention, read_emails, read_people
from agent.reading.spans import MAX_READ
from agent.reading.spelling import correct_spelling

__all__ = [
    "MAX_READ",
    "Match",
    "Moment",
    "MoneyMention",
    "NameMention",
    "NumberMention",
    "PersonMention",
    "correct_spelling",
    "find_names",
    "gloss",
    "looks_dutch",
    "part_of_day",
    "read_emails",
    "read_moments",
    "read_money",
    "read_numbers",
    "read_people",
    "resolve",
    "to_minor",
]
