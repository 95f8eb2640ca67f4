"""The papers of an order, read and rendered: what mails attach and the order's page offers. Rendering runs beside the event loop.

A PDF that somebody saves is kept with the file server, under a hash of all that stands in it, until any of it changes (decision 0014).
"""

from __future__ import annotations

import asyncio
import json
import secrets
from hashlib import sha256
from uuid import UUID

from tools.attendees import repository
from tools.attendees.codes import ticket_payload
from tools.attendees.documents.models import Attachment, OrderPapers, PaperTicket
from tools.context import Greenroom
from tools.store.files import FileGone

PDF, CALENDAR = "application/pdf", "text/calendar"
LINK_SECONDS = 300
KEPT_DAYS = 30
"""Whoever comes back later has theirs drawn anew."""
_DRAWING = 1
"""Counts up with every change of how tickets are drawn."""


async def order_documents(
    greenroom: Greenroom, org_id: UUID, order_id: UUID, *, ticket_id: UUID | None = None
) -> list[Attachment]:
    """What goes with a mail about this order: its valid tickets as PDF when there are any, and the entry for a calendar.

    With `ticket_id`: that ticket alone, for a person the rest of the order is no business of. Reads as the service; an order of
    another organisation than `org_id`, or none, has no papers.
    """
    async with greenroom.database.session(None) as tx:
        papers = await repository.papers(tx, order_id)
    if papers is None or papers.org_id != org_id:
        return []
    return await render_documents(greenroom, papers, ticket_id)


async def render_documents(
    greenroom: Greenroom, papers: OrderPapers, ticket_id: UUID | None = None
) -> list[Attachment]:
    """The same from papers already read (`repository.papers`), outside of any transaction."""
    tickets = await tickets_file(greenroom, papers, ticket_id)
    return [*([tickets] if tickets else []), await calendar_file(papers)]


async def tickets_file(greenroom: Greenroom, papers: OrderPapers, ticket_id: UUID | None = None) -> Attachment | None:
    """The valid tickets, or one of them, as PDF; None when there is none."""
    named = _named(greenroom, papers, ticket_id)
    if not named:
        return None
    return Attachment(_pdf_name(papers), PDF, await asyncio.to_thread(_drawn, papers, named))


async def tickets_link(greenroom: Greenroom, papers: OrderPapers) -> str | None:
    """An address that saves the valid tickets as PDF, for five minutes; drawn once for as long as nothing in it changes.

    None where there is no ticket, no file server, or they changed just now. Raises Upstream.
    """
    store, named = greenroom.files, _named(greenroom, papers)
    if store is None or not named:
        return None
    path = f"{papers.org_id}/tickets/{papers.id}/{secrets.token_hex(16)}.pdf"
    async with greenroom.database.session(None) as tx:
        path = await repository.place_of_paper(tx, papers.org_id, papers.id, _fingerprint(papers, named), path)
    try:
        return await store.signed_url(path, LINK_SECONDS, save_as=_pdf_name(papers))
    except FileGone:
        # Of those who come at once each draws, and the first one's stays.
        await store.put(path, await asyncio.to_thread(_drawn, papers, named), PDF, replace=False)
    async with greenroom.database.session(None) as tx:
        kept = await repository.is_paper(tx, path)
    if not kept:
        # A ticket changed hands meanwhile, and what was to be removed may have been, before this came.
        await store.delete([path])
        return None
    return await store.signed_url(path, LINK_SECONDS, save_as=_pdf_name(papers))


async def drop_old_papers(greenroom: Greenroom) -> None:
    async with greenroom.database.session(None) as tx:
        await repository.drop_old_papers(tx, KEPT_DAYS)


async def calendar_file(papers: OrderPapers) -> Attachment:
    content = await asyncio.to_thread(_noted, papers)
    return Attachment(f"event-{papers.number}.ics", CALENDAR, content)


def _pdf_name(papers: OrderPapers) -> str:
    return f"tickets-{papers.number}.pdf"


def _named(greenroom: Greenroom, papers: OrderPapers, ticket_id: UUID | None = None) -> list[tuple[PaperTicket, str]]:
    """The valid tickets, or one of them, each with what its QR says."""
    wanted = [ticket for ticket in papers.valid_tickets if ticket_id in (None, ticket.id)]
    return [(ticket, ticket_payload(greenroom, ticket.code)) for ticket in wanted]


def _fingerprint(papers: OrderPapers, named: list[tuple[PaperTicket, str]]) -> str:
    """Of everything `tickets_pdf` prints."""
    head = papers.model_dump(
        mode="json",
        include={
            "organizer", "locale", "number", "event_name", "start_date", "end_date", "timezone", "venue_name", "venue_address",
        },
    )  # fmt: skip
    printed = [[ticket.code, ticket.attendee_name, ticket.ticket_type_name, payload] for ticket, payload in named]
    return sha256(json.dumps([_DRAWING, head, printed], sort_keys=True).encode()).hexdigest()


# What draws them is large: it is loaded with the first paper, not with the service.
def _drawn(papers: OrderPapers, tickets: list[tuple[PaperTicket, str]]) -> bytes:
    from tools.attendees.documents.pdf import tickets_pdf

    return tickets_pdf(papers, tickets)


def _noted(papers: OrderPapers) -> bytes:
    from tools.attendees.documents.calendar import calendar_entry

    return calendar_entry(papers)
