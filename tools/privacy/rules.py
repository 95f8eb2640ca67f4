"""What names a person, and what an erasure says of itself; without a database."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from tools.context import Standing
from tools.errors import Conflict
from tools.privacy.models import Erasure, PersonExport


class PersonIsMember(Conflict):
    code = "person_is_member"
    title = "This person is a member of the organisation"
    default_remedy = "Take them out of the organisation first; then erase what is held about them as a buyer."


@dataclass(frozen=True, slots=True)
class Traces:
    """By what a person is found in free text. Short names are those others have too: they count only beside something `tied`."""

    terms: tuple[str, ...]
    short_names: tuple[str, ...]
    tied: tuple[str, ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Traces:
        said = json.loads(text)
        return cls(tuple(said["terms"]), tuple(said["short_names"]), tuple(said["tied"]))


def traces_of(email: str, said: Sequence[str], ids: Sequence[UUID]) -> Traces:
    """The e-mail address; of the names and billing addresses those of two words and more; single words, which need a tie to the
    person (the id of an order or ticket, the e-mail address) to count."""
    whole = [text for text in said if len(text.split()) > 1]
    short = [text for text in said if text and text not in whole]
    # Longest first: of two names that begin alike the longer one is replaced as a whole.
    return Traces(
        (email, *sorted(whole, key=len, reverse=True)), tuple(short), (*(str(each) for each in ids), email.lower())
    )


def redacted(document: Any, traces: Traces, pseudonym: str) -> Any:
    """What app.redacted and app.redact_column make of it, for what SQL can not look into."""
    said = json.dumps(document, ensure_ascii=False).lower()
    tied = any(sign.lower() in said for sign in traces.tied)
    terms = [
        (_pattern(term), _stand_in(term, pseudonym)) for term in (*traces.terms, *(traces.short_names if tied else ()))
    ]
    return _without(document, terms)


def _without(document: Any, terms: Sequence[tuple[re.Pattern[str], str]]) -> Any:
    match document:
        case str():
            for pattern, stand_in in terms:
                document = pattern.sub(stand_in, document)
            return document
        case dict():
            return {_without(name, terms): _without(value, terms) for name, value in document.items()}
        case list():
            return [_without(value, terms) for value in document]
        case _:
            return document


def _pattern(term: str) -> re.Pattern[str]:
    """The term where it is not part of a longer word or address."""
    if "@" in term:
        return re.compile(rf"(?<![^\W_])(?<![._%+-]){re.escape(term)}(?![^\W_]|-|\.[^\W_])", re.IGNORECASE)
    return re.compile(rf"(?<![^\W_]){re.escape(term)}(?![^\W_])", re.IGNORECASE)


def _stand_in(term: str, pseudonym: str) -> str:
    return f"{pseudonym}@erased.invalid" if "@" in term else pseudonym


def pseudonym_of(erasure_id: UUID) -> str:
    """Stable within an erasure, the same in all of its rows, and derived from nothing of the person."""
    return f"erased-{erasure_id.hex[-12:]}"


def is_nothing(held: PersonExport) -> bool:
    return not (held.orders or held.tickets or held.waiting_list or held.mails)


def told_exported(held: PersonExport, _: Standing) -> str:
    return (
        f"Export what is held about a person: {len(held.orders)} orders, {len(held.tickets)} tickets,"
        f" {len(held.mails)} mails"
    )


def told_erased(erasure: Erasure, _: Standing) -> str:
    return (
        f"Erase a person from {erasure.orders} orders, {erasure.tickets} tickets,"
        f" {erasure.waiting_list_entries} waiting list places and {erasure.mails} mails"
    )
