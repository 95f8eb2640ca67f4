"""Turns what is known of an order, an event or a ticket into the words of a mail, as text and as HTML. Reads no database."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from tools.kit.money import format_money
from tools.mails import rules

TEMPLATES = Path(__file__).parent / "templates"
SUBJECT_LENGTH = 180


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    quantity: int
    total_amount: int


@dataclass(frozen=True, slots=True)
class Bill:
    """The order a mail is about. Amounts in minor units."""

    number: str
    currency: str
    total_amount: int
    tax_amount: int
    paid_amount: int
    refunded_amount: int
    owed_amount: int
    needs_approval: bool
    expires_at: datetime | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything a mail may speak of. `timezone` is the event's; `link` leads the recipient on, where there is one.

    `role` and `inviter` are of an invitation; `host`, `purpose` and `why` of a webhook.
    """

    kind: rules.AnyKind
    locale: str
    organization: str
    name: str
    event: str
    starts: datetime | None
    timezone: str
    place: str
    reason: str
    bill: Bill | None
    ticket_type: str
    attendee: str
    until: datetime | None
    link: str
    attached: bool
    role: str = ""
    inviter: str = ""
    host: str = ""
    purpose: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


def render(story: Story) -> Letter:
    """The letter in the story's language. No text from outside is taken for markup, a template or a header of its own."""
    language = rules.language_of(story.locale)
    sentences = _sentences(language)
    words, said = sentences["words"], sentences[story.kind]
    values = _values(story) | {"role": sentences["roles"].get(story.role, "")}
    subject = rules.plain(_filled(said["subject"], values, html=False), SUBJECT_LENGTH)
    facts, sums = _facts(story, words, values), _sums(story, words)
    lines = [
        {"label": rules.plain(line.label), "quantity": line.quantity, "total": _money(story, line.total_amount)}
        for line in (story.bill.lines if story.bill else ())
    ]
    greeting = words["greeting"] if values["name"] else words["greeting_nameless"]

    def page(name: str, *, html: bool) -> str:
        paragraphs = [_filled(sentence, values, html=html) for sentence in said["paragraphs"]]
        return _layout(name).render(
            language=language,
            subject=subject,
            words=words,
            greeting=_filled(greeting, values, html=html),
            paragraphs=[paragraph for paragraph in paragraphs if paragraph.strip()],
            facts=facts,
            lines=lines,
            sums=sums,
            action=_filled(said["action"], values, html=html),
            link=story.link if said["action"] else "",
            organization=values["organization"],
            footer=_filled(said.get("footer", words["footer"]), values, html=html),
        )

    return Letter(subject, page("mail.txt.j2", html=False), page("mail.html.j2", html=True))


def _values(story: Story) -> dict[str, Any]:
    bill = story.bill
    return {
        "name": rules.greetable(story.name),
        "event": rules.plain(story.event),
        "organization": rules.signed_by(story.kind, story.organization),
        "when": _moment(story, story.starts) if story.starts else "",
        "reason": rules.plain(story.reason, 1000),
        "number": bill.number if bill else "",
        "open": _money(story, bill.owed_amount) if bill else "",
        "refunded": _money(story, bill.refunded_amount) if bill and bill.refunded_amount else "",
        "pay_by": _moment(story, bill.expires_at) if bill and bill.expires_at else "",
        "needs_approval": bool(bill and bill.needs_approval),
        "ticket_type": rules.plain(story.ticket_type),
        "attendee": rules.greetable(story.attendee),
        "until": _moment(story, story.until) if story.until else "",
        "attached": story.attached,
        "inviter": rules.greetable(story.inviter),
        "host": rules.plain(story.host),
        "purpose": rules.plain(story.purpose),
        "why": story.why,
    }


def _facts(story: Story, words: Mapping[str, str], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = [
        (words["event"], values["event"]),
        (words["when"], values["when"]),
        (words["where"], rules.plain(story.place)),
        (words["order"], values["number"]),
    ]
    return [(label, value) for label, value in facts if value]


def _sums(story: Story, words: Mapping[str, str]) -> list[tuple[str, str]]:
    bill = story.bill
    if bill is None:
        return []
    amounts = [
        (words["total"], bill.total_amount, True),
        (words["tax"], bill.tax_amount, False),
        (words["paid"], bill.paid_amount, False),
        (words["refunded"], bill.refunded_amount, False),
        (words["open"], max(bill.owed_amount, 0), False),
    ]
    return [(label, _money(story, amount)) for label, amount, always in amounts if always or amount]


def _money(story: Story, amount: int) -> str:
    assert story.bill is not None, "only an order has amounts"
    return format_money(amount, story.bill.currency, str(_locale(story.locale)))


def _moment(story: Story, moment: datetime) -> str:
    """Wall time where the event is."""
    locale, zone = _locale(story.locale), ZoneInfo(story.timezone)
    day = format_date(moment.astimezone(zone).date(), "full", locale=locale)
    return f"{day}, {format_time(moment, 'short', tzinfo=zone, locale=locale)}"


@cache
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(rules.language_of(name))


def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_TEXT, _HTML = _environment(html=False), _environment(html=True)


@cache
def _layout(name: str) -> Template:
    return (_HTML if name.endswith(".html.j2") else _TEXT).get_template(name)


@cache
def _sentences(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _sentence(source: str, html: bool) -> Template:
    return (_HTML if html else _TEXT).from_string(source)


def _filled(source: str, values: Mapping[str, Any], *, html: bool) -> str:
    """The sentence with its values; escaped already where it is for HTML."""
    filled = _sentence(source, html).render(values)
    return Markup(filled) if html else filled  # noqa: S704 - rendered with every value escaped
