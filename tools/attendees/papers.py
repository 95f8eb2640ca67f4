"""The papers of an order, read and rendered: what mails attach and the order's page offers. Rendering runs beside the event loop."""

from __future__ import annotations

import asyncio
from uuid import UUID

from tools.attendees import repository
from tools.attendees.codes import ticket_payload
from tools.attendees.documents.models import Attachment, OrderPapers, PaperTicket
from tools.context import Greenroom

PDF, CALENDAR = "application/pdf", "text/calendar"


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
    wanted = [ticket for ticket in papers.valid_tickets if ticket_id in (None, ticket.id)]
    if not wanted:
        return None
    named = [(ticket, ticket_payload(greenroom, ticket.code)) for ticket in wanted]
    content = await asyncio.to_thread(_drawn, papers, named)
    return Attachment(f"tickets-{papers.number}.pdf", PDF, content)


async def calendar_file(papers: OrderPapers) -> Attachment:
    content = await asyncio.to_thread(_noted, papers)
    return Attachment(f"event-{papers.number}.ics", CALENDAR, content)


# What draws them is large: it is loaded with the first paper, not with the service.
def _drawn(papers: OrderPapers, tickets: list[tuple[PaperTicket, str]]) -> bytes:
    from tools.attendees.documents.pdf import tickets_pdf

    return tickets_pdf(papers, tickets)


def _noted(papers: OrderPapers) -> bytes:
    from tools.attendees.documents.calendar import calendar_entry

    return calendar_entry(papers)
