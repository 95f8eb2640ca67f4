"""E-mail addresses and people's names in a text; whether a person exists is nobody's business here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.reading.spans import clip, without_overlaps


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A buyer as said: `name`, `email` or both (`Anna Bakker <anna@example.com>`)."""

    start: int
    end: int
    name: str = ""
    email: str = ""

    @property
    def as_buyer(self) -> str:
        """How the operations take a buyer: `Name <mail>`, or whichever of the two was said."""
        return f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email


EMAIL = re.compile(r"(?<![\w.+-])[\w+-][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w-])")
_PARTICLE = r"(?:van|de|der|den|von|da|di|du|la|le|ten|ter|te|el|al|bin|van\s+der|van\s+den|van\s+de|'t|’t)"
_TITLE = r"(?:mr|mrs|ms|miss|dr|prof|sir|madam|mevrouw|meneer|mijnheer|dhr|mevr)\.?"
_CAPITAL = r"(?:[^\W\d_a-zà-ÿ](?:[^\W\d_]|['’-][^\W\d_])*\.?)"
_NAME = re.compile(
    rf"(?<![\w@.])(?:{_TITLE}\s+)?{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_CAPITAL}){{0,3}}(?![\w@])", re.UNICODE
)
_TITLED = re.compile(rf"(?<!\w){_TITLE}\s+{_CAPITAL}(?:\s+{_CAPITAL})?", re.IGNORECASE | re.UNICODE)


def read_emails(text: str) -> list[PersonMention]:
    """Every e-mail address, as typed."""
    return [PersonMention(m.start(), m.end(), email=m.group()) for m in EMAIL.finditer(clip(text))]


def read_people(text: str, not_names: frozenset[str] = frozenset()) -> list[PersonMention]:
    """E-mail addresses and runs of capitalised words that may be people; `not_names` (lower case) are never part of one.

    A name beside its address (`Anna Bakker <anna@x.org>`, `anna@x.org (Anna Bakker)`) is one person.
    """
    text = clip(text)
    found: list[PersonMention] = read_emails(text)
    for pattern in (_TITLED, _NAME):
        for match in pattern.finditer(text):
            words = match.group().split()
            if not any(word.lower().strip(".") in not_names for word in words) and not any(
                f.start < match.end() and match.start() < f.end for f in found
            ):
                found.append(PersonMention(match.start(), match.end(), name=match.group().rstrip(".")))
    return _joined(text, without_overlaps(found))


def _joined(text: str, found: list[PersonMention]) -> list[PersonMention]:
    joined: list[PersonMention] = []
    for person in found:
        last = joined[-1] if joined else None
        if (
            last
            and bool(last.email) != bool(person.email)
            and re.fullmatch(r"\s*[,(<\[]?\s*(?:at\s+|e-?mail:?\s+)?", text[last.end : person.start])
        ):
            closing = re.match(r"\s*[)>\]]", text[person.end :])
            end = person.end + (closing.end() if closing else 0)
            joined[-1] = PersonMention(last.start, end, last.name or person.name, last.email or person.email)
        else:
            joined.append(person)
    return joined
