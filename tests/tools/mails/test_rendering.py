"""Every mail reads well in every language, and no name, event or address can turn it into something else."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any, get_args

import pytest

from tools.attendees.documents.models import Attachment
from tools.mails import rules
from tools.mails.composing import compose
from tools.mails.models import MailKind, OfficeKind
from tools.mails.rendering import TEMPLATES, Bill, Letter, Line, Story, render
from tools.mails.transport import MailRefused

KINDS = (*get_args(MailKind), *get_args(OfficeKind))
SENTENCES = {
    language: tomllib.loads((TEMPLATES / f"{language}.toml").read_text(encoding="utf-8"))
    for language in rules.LANGUAGES
}
NASTY = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% for x in ().__class__.__mro__ %}{{ x }}{% endfor %}",
    "Ann\r\nBcc: everybody@example.org\r\n\r\nBuy now",
    '"><img src=x onerror=alert(1)>',
    "\u202egnp.exe\u2066",
    "Søren Ångström-O'Neill 李小龍 👩🏽\u200d🎤",
    "x" * 5000,
)

BILL = Bill(
    number="A1042",
    currency="EUR",
    total_amount=5000,
    tax_amount=413,
    paid_amount=5000,
    refunded_amount=2500,
    owed_amount=2500,
    needs_approval=False,
    expires_at=datetime(2030, 12, 1, 18, 30, tzinfo=UTC),
    lines=(Line("Stalls", 2, 5000),),
)
STORY = Story(
    kind="order_confirmed",
    locale="en",
    organization="Blue Note Events",
    name="Ann",
    event="Winter Gala",
    starts=datetime(2030, 12, 12, 18, 0, tzinfo=UTC),
    timezone="Europe/Amsterdam",
    place="Blue Room, Amsterdam",
    reason="Snow.",
    bill=BILL,
    ticket_type="Stalls",
    attendee="Cleo",
    until=datetime(2030, 12, 2, 8, 0, tzinfo=UTC),
    link="https://tickets.test/o/abc",
    attached=True,
)


class Tags(HTMLParser):
    """Which elements and attributes a page really has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(f"{tag}.{name}" for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.text += data


def message_of(letter: Letter, **more: Any) -> EmailMessage:
    given: dict[str, Any] = {
        "sender": "tickets@example.net",
        "sender_name": "Blue Note Events",
        "recipient": "ann@example.org",
        "dedupe_key": "order_confirmed/1",
        "written_at": datetime(2030, 1, 1, tzinfo=UTC),
    }
    return compose(letter, **(given | more))


@pytest.mark.parametrize("language", rules.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_written_in_every_language(kind: MailKind, language: str) -> None:
    letter = render(replace(STORY, kind=kind, locale=language))
    assert letter.subject
    for page in (letter.text, letter.html):
        assert "{" not in re.sub(r'style="[^"]*"', "", page)
        assert "Winter Gala" in page
    assert not re.search(r"\n\n\n", letter.text)


@pytest.mark.parametrize("language", [language for language in rules.LANGUAGES if language != "en"])
def test_every_language_says_what_english_says_with_the_same_values(language: str) -> None:
    def values(sentence: Any) -> list[str]:
        text = " ".join(sentence) if isinstance(sentence, list) else str(sentence)
        return sorted(set(re.findall(r"{[{%]\s*(?:if |elif )?(\w+)", text)))

    english, other = SENTENCES["en"], SENTENCES[language]
    assert set(english) == set(other) == {"words", "roles", *KINDS}
    for section, said in english.items():
        assert set(said) == set(other[section]), section
        for name, sentence in said.items():
            assert values(sentence) == values(other[section][name]), (section, name)
            assert section == "words" or not sentence or sentence != other[section][name], (section, name)


@pytest.mark.parametrize("language", rules.LANGUAGES)
@pytest.mark.parametrize("nasty", NASTY)
def test_no_name_becomes_markup_a_template_or_a_header(nasty: str, language: str) -> None:
    bill = replace(BILL, lines=(Line(nasty, 1, 5000),))
    plain = Tags(render(replace(STORY, locale=language)).html)
    for kind in KINDS:
        story = replace(
            STORY, kind=kind, locale=language, name=nasty, event=nasty, organization=nasty, place=nasty, reason=nasty,
            ticket_type=nasty, attendee=nasty, bill=bill,
        )  # fmt: skip
        letter = render(story)
        assert Tags(letter.html).seen <= plain.seen
        assert "49" not in letter.subject
        message = message_of(letter, sender_name=nasty)
        assert {name.lower() for name in message} <= {
            "from", "to", "subject", "message-id", "date", "auto-submitted", "mime-version", "content-type",
        }  # fmt: skip
        assert all("\n" not in str(value) and "\r" not in str(value) for value in message.values())
        assert message.as_bytes()


def test_escaped_names_are_shown_as_they_are_written() -> None:
    letter = render(replace(STORY, event="Rock & Roll <live>"))
    assert "Rock &amp; Roll &lt;live&gt;" in letter.html
    assert "Rock & Roll <live>" in letter.text
    assert "Rock & Roll <live>" in letter.subject


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Ann", "Hello Ann,"),
        ("", "Hello,"),
        ("win at www.evil.example", "Hello,"),
        ("https://evil.example/prize", "Hello,"),
        ("call@evil.example", "Hello,"),
        ("  Ann \n Lee ", "Hello Ann Lee,"),
    ],
)
def test_a_name_greets_unless_it_advertises_an_address(name: str, greeting: str) -> None:
    assert render(replace(STORY, name=name)).text.startswith(greeting)


def test_money_and_times_are_written_as_the_reader_writes_them_and_where_the_event_is() -> None:
    dutch = render(replace(STORY, locale="nl-BE")).text
    assert "donderdag 12 december 2030" in dutch
    assert "19:00" in dutch
    american = render(replace(STORY, locale="en-US", timezone="America/New_York")).text
    assert "Thursday, December 12, 2030" in american
    assert "€50.00" in american
    assert "1:00" in american


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (("nl", "de"), "nl"),
        (("nl-BE", "de"), "nl-BE"),
        (("ja", "de"), "de"),
        (("ja", "pt_BR"), "en"),
        ((None, "sv"), "sv"),
    ],
)
def test_the_language_is_the_buyers_then_the_organisations_then_english(wanted: Any, chosen: str) -> None:
    assert rules.chosen_locale(*wanted) == chosen


def test_a_locale_that_nobody_knows_is_read_as_its_language() -> None:
    assert "donderdag" in render(replace(STORY, locale="nl_QQ")).text


@pytest.mark.parametrize(
    "address",
    [
        "ann",
        "a b@example.org",
        "a@example.org\nBcc: b@example.org",
        "<a@example.org>",
        "a@x.org, b@x.org",
        "a@x" + "x" * 400,
    ],
)
def test_what_is_no_single_address_gets_no_mail(address: str) -> None:
    assert not rules.is_address(address)


@pytest.mark.parametrize("address", ["ann@example.org", "ann.o'hara+gala@sub.example.org", "søren@example.org"])
def test_what_is_an_address_gets_one(address: str) -> None:
    assert rules.is_address(address)


@pytest.mark.parametrize("address", ["a@b@c", "@example.org", "ann@example.org\nBcc: b@example.org", ""])
def test_an_address_that_can_not_be_written_is_refused_not_sent_elsewhere(address: str) -> None:
    with pytest.raises(MailRefused):
        message_of(render(STORY), recipient=address)


def test_the_message_id_is_made_from_the_key_and_nothing_else() -> None:
    first, again = message_of(render(STORY)), message_of(render(replace(STORY, locale="nl")))
    other = message_of(render(STORY), dedupe_key="order_confirmed/2")
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]


def test_attachments_keep_their_name_and_kind() -> None:
    papers = [
        Attachment("tickets-A1042.pdf", "application/pdf", b"%PDF-"),
        Attachment("e.ics", "text/calendar", b"BEGIN"),
    ]
    message = message_of(render(STORY), attachments=papers)
    found = [(part.get_filename(), part.get_content_type()) for part in message.iter_attachments()]
    assert found == [("tickets-A1042.pdf", "application/pdf"), ("e.ics", "text/calendar")]
