"""Every operation by name: one explicit list, no import magic. A door offers what stands here."""

from __future__ import annotations

from collections.abc import Mapping

from tools.bookings import operations as bookings
from tools.events import operations as events
from tools.operation import AnyOperation
from tools.orders import operations as orders
from tools.organizations import operations as organizations
from tools.proposals import operations as proposals
from tools.reports import operations as reports
from tools.sponsors import operations as sponsors
from tools.tickets import operations as tickets
from tools.venues import operations as venues

OPERATIONS: tuple[AnyOperation, ...] = (
    events.create_event,
    events.update_event,
    events.publish_event,
    events.cancel_event,
    events.delete_event,
    events.get_event,
    events.list_events,
    venues.create_venue,
    venues.update_venue,
    venues.delete_venue,
    venues.get_venue,
    venues.find_venues,
    bookings.book_venue,
    bookings.update_booking,
    bookings.cancel_booking,
    bookings.get_booking,
    bookings.list_bookings,
    tickets.create_ticket_type,
    tickets.update_ticket_type,
    tickets.delete_ticket_type,
    tickets.get_ticket_type,
    tickets.list_ticket_types,
    orders.sell_tickets,
    orders.record_payment,
    orders.refund_order,
    orders.get_order,
    orders.list_orders,
    sponsors.add_sponsor,
    sponsors.update_sponsor,
    sponsors.remove_sponsor,
    sponsors.get_sponsor,
    sponsors.list_sponsors,
    reports.sales_report,
    reports.list_audit,
    organizations.get_organization,
    organizations.update_organization,
    proposals.propose,
    proposals.revise_proposal,
    proposals.approve_proposal,
    proposals.reject_proposal,
    proposals.undo_proposal,
    proposals.restore_step,
    proposals.get_proposal,
    proposals.list_proposals,
)

CATALOG: Mapping[str, AnyOperation] = {operation.name: operation for operation in OPERATIONS}
