"""The papers of an order open everywhere: tickets as PDF with a code that scans, and an entry that a calendar replaces later."""

from __future__ import annotations

import re
import time
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.tools.attendees.conftest import Gala
from tests.tools.attendees.reading_qr import Matrix, read_qr
from tools.attendees.codes import ticket_payload
from tools.attendees.documents.calendar import calendar_entry
from tools.attendees.documents.models import OrderPapers, PaperTicket
from tools.attendees.documents.pdf import printable, tickets_pdf
from tools.attendees.documents.words import when
from tools.attendees.papers import order_documents

STARTS = datetime(2030, 12, 12, 18, tzinfo=UTC)
PAYLOAD = "GR1." + "c" * 20 + "." + "b" * 16


def make_papers(count: int = 1, **fields: Any) -> OrderPapers:
    named = {"attendee_name": fields.pop("attendee", "Ann Lee"), "ticket_type_name": fields.pop("kind", "General")}
    tickets = [
        PaperTicket(id=uuid4(), code="c" * 20, attendee_email=None, status="valid", **named) for _ in range(count)
    ]
    usual: dict[str, Any] = {
        "id": UUID(int=1), "org_id": uuid4(), "organizer": "Blue Note Events", "locale": "en", "number": "1042", "status": "paid",
        "needs_approval": False, "buyer_name": "Ann", "buyer_email": None, "currency": "EUR", "total_amount": 2500,
        "paid_amount": 2500, "refunded_amount": 0, "credited_amount": 0, "discount_amount": 0, "fee_amount": 0, "tax_amount": 0,
        "expires_at": None, "created_at": STARTS, "version": 1, "link_version": 1, "event_id": UUID(int=2),
        "event_name": "Winter Gala", "event_status": "published", "event_version": 1, "cancel_reason": None, "start_date": STARTS,
        "end_date": STARTS + timedelta(hours=3), "timezone": "Europe/Amsterdam", "venue_name": "Blue Room",
        "venue_address": "Keizersgracht 1, Amsterdam", "now": STARTS - timedelta(days=9), "tickets": tickets, "lines": [],
    }  # fmt: skip
    return OrderPapers(**usual | fields)


def pdf_of(papers: OrderPapers) -> bytes:
    return tickets_pdf(papers, [(ticket, PAYLOAD) for ticket in papers.tickets])


def pages_of(pdf: bytes) -> list[str]:
    """What is drawn on each page."""
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    streams = [
        zlib.decompress(found[1]) for found in re.finditer(rb"/FlateDecode.*?stream\n(.*?)\nendstream", pdf, re.S)
    ]
    return [stream.decode("latin-1") for stream in streams if b" re f" in stream]


def squares_of(page: str) -> Matrix:
    """The code on the page, from its black rectangles."""
    black = page[page.index("0 g") :]
    drawn = [tuple(map(float, found)) for found in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) -?([\d.]+) re f", black)]
    module = min(height for _, _, _, height in drawn)
    left, top = min(x for x, *_ in drawn), max(y for _, y, *_ in drawn)
    matrix = [[0] * 33 for _ in range(33)]
    for x, y, width, _ in drawn:
        row, first = round((top - y) / module), round((x - left) / module)
        for column in range(first, first + round(width / module)):
            matrix[row][column] = 1
    return matrix


def letters_of(pdf: bytes) -> set[str]:
    """The characters that what is written can be copied as."""
    maps = re.findall(rb"begincmap.*?endcmap", pdf, re.S)
    return {chr(int(to, 16)) for found in maps for to in re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]{4})>", found)}


def test_each_ticket_has_a_page_whose_code_scans() -> None:
    pages = pages_of(pdf_of(make_papers(3)))
    assert len(pages) == 3
    assert [read_qr(squares_of(page)) for page in pages] == [PAYLOAD] * 3


def test_greek_cyrillic_and_accents_are_written_with_our_own_fonts() -> None:
    pdf = pdf_of(make_papers(attendee="Żółć Ωμέγα Привет ğ"))
    assert set("ŻółćΩμέγαПривтğ") <= letters_of(pdf)
    assert b"/FontFile2" in pdf
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize(
    "name", ["漢字 かな", "مرحبا", "שלום", "🎫🎷", "a\u0301", "👩‍👩‍👧", "x" * 200, "W" * 200, "", "\u200b", "a\nb"]
)
def test_a_name_that_the_fonts_lack_still_makes_a_ticket(name: str) -> None:
    assert (
        len(pages_of(pdf_of(make_papers(attendee=name, event_name=name or "x", kind=name or "x", organizer=name)))) == 1
    )


def test_what_the_fonts_lack_shows_as_an_empty_square() -> None:
    assert printable("Zoë 漢 a\u0301") == "Zoë \u25a1 á"


@settings(max_examples=12, deadline=None)
@given(text=st.text(max_size=255))
def test_no_text_breaks_the_paper(text: str) -> None:
    pdf_of(make_papers(attendee=text, event_name=text, kind=text, organizer=text, venue_name=text, venue_address=text))


def test_the_day_is_the_events_own_in_the_organisations_language() -> None:
    assert when(make_papers()) == ("Thursday, December 12, 2030", "7:00\u202fPM – 10:00\u202fPM (CET)")
    assert when(make_papers(locale="nl")) == ("donderdag 12 december 2030", "19:00 – 22:00 (CET)")
    late = make_papers(timezone="Asia/Tokyo", locale="de-DE")
    assert when(late) == ("Freitag, 13. Dezember 2030", "03:00 – 06:00 (JST)")
    days = make_papers(end_date=STARTS + timedelta(days=2), locale="nl")
    assert when(days)[0] == "donderdag 12 december 2030 – zaterdag 14 december 2030"
    assert when(make_papers(locale="tlh-XX"))[0] == "Thursday, December 12, 2030"


def test_rendering_is_quick_enough_to_do_while_somebody_waits() -> None:
    pdf_of(make_papers())
    began = time.perf_counter()
    for _ in range(5):
        pdf_of(make_papers())
    one = (time.perf_counter() - began) / 5
    began = time.perf_counter()
    content = pdf_of(make_papers(20))
    twenty = time.perf_counter() - began
    print(
        f"a PDF of one ticket {one * 1000:.0f} ms, of 20 tickets {twenty * 1000:.0f} ms, {len(content) / 1000:.0f} kB"
    )
    assert one < 1


def entry_of(papers: OrderPapers) -> tuple[Any, Any]:
    calendar = Calendar.from_ical(calendar_entry(papers))
    (entry,) = calendar.walk("VEVENT")
    return calendar, entry


def test_the_calendar_has_the_event_at_its_place_and_in_its_zone() -> None:
    calendar, entry = entry_of(make_papers(event_name="Jazz, and more; live", venue_address="Line one\nLine two"))
    assert calendar["METHOD"] == "PUBLISH"
    assert str(entry["SUMMARY"]) == "Jazz, and more; live"
    assert entry["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert entry["DTSTART"].dt == STARTS
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert str(entry["LOCATION"]).startswith("Blue Room")
    assert b"http" not in calendar_entry(make_papers())


def test_every_line_of_the_calendar_is_short_and_ends_as_it_should() -> None:
    content = calendar_entry(make_papers(event_name="ж" * 255))
    assert content.count(b"\r\n") == content.count(b"\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_a_later_entry_replaces_an_earlier_one_and_a_cancelled_one_takes_it_away() -> None:
    _, first = entry_of(make_papers())
    _, moved = entry_of(make_papers(event_version=2, start_date=STARTS + timedelta(hours=1)))
    off, event_off = entry_of(make_papers(event_version=3, event_status="cancelled"))
    order_off, bill_off = entry_of(make_papers(version=5, status="cancelled"))
    assert len({str(entry["UID"]) for entry in (first, moved, event_off, bill_off)}) == 1
    assert first["SEQUENCE"] < moved["SEQUENCE"] < event_off["SEQUENCE"] < bill_off["SEQUENCE"]
    assert (off["METHOD"], str(event_off["STATUS"])) == ("CANCEL", "CANCELLED")
    assert (order_off["METHOD"], str(bill_off["STATUS"])) == ("CANCEL", "CANCELLED")
    other = entry_of(make_papers(id=uuid4()))[1]
    assert str(other["UID"]) != str(first["UID"])


@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Kathmandu", "America/Argentina/Buenos_Aires", "Pacific/Chatham", "Africa/Casablanca"]
)
def test_any_zone_makes_an_entry(zone: str) -> None:
    assert entry_of(make_papers(timezone=zone))[1]["DTSTART"].dt == STARTS


@pytest.mark.asyncio(loop_scope="module")
async def test_a_mail_gets_the_valid_tickets_and_the_entry(gala: Gala) -> None:
    order = await gala.sell(3)
    given_away = await gala.do("transfer_ticket", ticket=str(order.tickets[0].id), name="Bo", email="bo@example.org")
    greenroom, org = gala.office.greenroom, gala.office.org_id
    tickets, entry = await order_documents(greenroom, org, order.id)
    assert (tickets.name, tickets.mime) == (f"tickets-{order.number}.pdf", "application/pdf")
    assert (entry.name, entry.mime) == (f"event-{order.number}.ics", "text/calendar")
    kept = {(await gala.do("get_ticket", ticket=str(t.id))).code for t in order.tickets[1:]} | {given_away.code}
    scanned = {read_qr(squares_of(page)) for page in pages_of(tickets.content)}
    assert scanned == {ticket_payload(greenroom, code) for code in kept}
    (only, _) = await order_documents(greenroom, org, order.id, ticket_id=given_away.id)
    assert [read_qr(squares_of(page)) for page in pages_of(only.content)] == [
        ticket_payload(greenroom, given_away.code)
    ]


@pytest.mark.asyncio(loop_scope="module")
async def test_who_has_not_paid_gets_the_entry_and_no_ticket(gala: Gala) -> None:
    order = await gala.sell(1, payment_method=None)
    found = await order_documents(gala.office.greenroom, gala.office.org_id, order.id)
    assert [each.mime for each in found] == ["text/calendar"]


@pytest.mark.asyncio(loop_scope="module")
async def test_an_order_of_somebody_else_has_no_papers(gala: Gala) -> None:
    order = await gala.sell(1)
    assert await order_documents(gala.office.greenroom, uuid4(), order.id) == []
    assert await order_documents(gala.office.greenroom, gala.office.org_id, uuid4()) == []
