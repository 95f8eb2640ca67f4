"""The event as a calendar takes it (RFC 5545): the same UID for an order for ever, so that a later one replaces an earlier."""

from __future__ import annotations

from datetime import date

from icalendar import Calendar, Event, vText

from tools.attendees.documents.models import OrderPapers
from tools.attendees.documents.words import word

PRODUCT = "-//Greenroom//Tickets//EN"


def calendar_entry(papers: OrderPapers) -> bytes:
    """METHOD is CANCEL once the event or the order is off, PUBLISH otherwise. Holds no link: these files are passed on."""
    off = papers.event_status in ("cancelled", "archived") or papers.status in ("cancelled", "expired")
    entry = Event()
    entry.add("uid", f"order-{papers.id}-event-{papers.event_id}@greenroom")
    # Both versions count up only, so every change is a later sequence.
    entry.add("sequence", papers.event_version + papers.version - 2)
    entry.add("dtstamp", papers.now.replace(microsecond=0))
    entry.add("dtstart", papers.start_date.astimezone(papers.zone))
    entry.add("dtend", papers.end_date.astimezone(papers.zone))
    entry.add("summary", papers.event_name)
    entry.add("status", "CANCELLED" if off else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if off else "OPAQUE")
    count = len(papers.valid_tickets)
    entry.add("description", word("Order {number}, {count} tickets", papers.locale, number=papers.number, count=count))
    place = ", ".join(filter(None, (papers.venue_name, papers.venue_address)))
    if place:
        entry["location"] = vText(place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "PUBLISH")
    calendar.add_component(entry)
    # The zone's rules around the event only; for ever would be kilobytes.
    years = papers.start_date.year - 1, papers.end_date.year + 2
    calendar.add_missing_timezones(date(years[0], 1, 1), date(years[1], 1, 1))
    content: bytes = calendar.to_ical()
    return content
