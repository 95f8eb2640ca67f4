"""What a buyer does on the page of their order, behind their link. It runs as the service, and touches that one order only."""

from __future__ import annotations

from uuid import UUID

from tools.attendees import repository
from tools.attendees.documents.models import OrderPapers, PaperTicket
from tools.attendees.links import order_of_token
from tools.attendees.rules import TicketEventOver, TicketNotTransferable
from tools.context import Greenroom
from tools.errors import NotFound
from tools.kit.ids import RandomIds
from tools.store.database import Transaction


async def open_order(greenroom: Greenroom, token: str) -> OrderPapers:
    """The order behind a link. Raises NotFound for any link that is not good now, and does not tell why."""
    async with greenroom.database.session(None) as tx:
        return await _papers_behind(greenroom, tx, token)


async def rename_by_buyer(greenroom: Greenroom, token: str, ticket_id: UUID, name: str, request_id: str) -> None:
    """Corrects the name on a ticket. Raises NotFound, TicketNotTransferable, TicketEventOver."""
    async with greenroom.database.session(None) as tx:
        papers, ticket = await _ticket_ahead(greenroom, tx, token, ticket_id)
        await repository.rename(tx, papers.org_id, ticket.id, None, name, ticket.attendee_email)
        line = f"The buyer puts {name} on a {ticket.ticket_type_name} ticket, order {papers.number}"
        await repository.leave_trace(tx, papers, "rename_attendee", "write", ticket.id, line, request_id)


async def transfer_by_buyer(
    greenroom: Greenroom, token: str, ticket_id: UUID, name: str, email: str, request_id: str
) -> None:
    """Gives a ticket to another person, to whom it is mailed. Raises NotFound, TicketNotTransferable, TicketNotPaid, TicketEventOver."""
    ids = RandomIds()
    async with greenroom.database.session(None) as tx:
        papers, ticket = await _ticket_ahead(greenroom, tx, token, ticket_id)
        new_id = ids.new_id()
        await repository.transfer(
            tx,
            {
                "org": papers.org_id,
                "id": ticket.id,
                "seen": None,
                "new_id": new_id,
                "code": ids.new_code(),
                "name": name,
                "email": email,
            },
        )
        line = f"The buyer gives a {ticket.ticket_type_name} ticket, order {papers.number}, to {name} <{email}>"
        await repository.leave_trace(tx, papers, "transfer_ticket", "external", new_id, line, request_id)


async def _papers_behind(greenroom: Greenroom, tx: Transaction, token: str) -> OrderPapers:
    opened = order_of_token(greenroom, token)
    papers = await repository.papers(tx, opened.order_id) if opened else None
    if papers is None or opened is None or papers.link_version != opened.version:
        raise NotFound("This link leads to no order.", remedy="Open the newest link you were sent.")
    return papers


async def _ticket_ahead(
    greenroom: Greenroom, tx: Transaction, token: str, ticket_id: UUID
) -> tuple[OrderPapers, PaperTicket]:
    """A ticket of this order that was not used yet, for an event that is not over."""
    papers = await _papers_behind(greenroom, tx, token)
    ticket = next((each for each in papers.tickets if each.id == ticket_id), None)
    if ticket is None:
        raise NotFound.named("ticket", str(ticket_id))
    if papers.is_over or papers.event_status == "cancelled":
        raise TicketEventOver()
    if ticket.status != "valid":
        raise TicketNotTransferable()
    return papers, ticket
