"""Which lines and tickets of an order go back, and what that is worth: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tools.counter.pricing import take_back
from tools.errors import Conflict, InvalidInput
from tools.kit.ids import IdSource


class TicketGone(Conflict):
    code = "ticket_not_live"
    title = "A ticket is void already"
    constraints = ("tickets_live", "order_items_reversal")
    default_remedy = "Read the order again and name tickets that are still valid."


class NotThatMany(Conflict):
    code = "not_that_many_tickets"
    title = "The order has fewer such tickets"


@dataclass(frozen=True, slots=True)
class LiveTicket:
    id: UUID
    name: str
    email: str | None
    checked_in: bool


@dataclass(slots=True)
class StandingLine:
    """A line of tickets, with what was taken back of it so far and the tickets on it that are live."""

    id: UUID
    ticket_type_id: UUID
    ticket_type_name: str
    quantity: int
    price_amount: int
    discount_amount: int
    fee_amount: int
    tax_amount: int
    tax_basis_points: int
    tax_included: bool
    part_of: UUID | None
    taken: int
    tickets: list[Any]

    def __post_init__(self) -> None:
        self.tickets = [LiveTicket(UUID(t["id"]), t["name"], t["email"], t["checked_in"]) for t in self.tickets]

    @property
    def left(self) -> int:
        return self.quantity - self.taken


@dataclass(slots=True)
class TakenBack:
    """Lines for app.change_order that take tickets back, and who was on them."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    tickets: list[LiveTicket] = field(default_factory=list)
    total_amount: int = 0
    """What the order costs less: 0 or more."""


def of_type(lines: Sequence[StandingLine], type_id: UUID, name: str, quantity: int | None, ids: IdSource) -> TakenBack:
    """So many tickets (of a bundle: bundles) of one type, those sold last first. Raises NotThatMany."""
    own = [line for line in lines if line.ticket_type_id == type_id and line.part_of is None and line.left > 0]
    there = sum(line.left for line in own)
    rest = there if quantity is None else quantity
    if rest > there or there == 0:
        raise NotThatMany(
            f"The order has {there} {name} ticket{'' if there == 1 else 's'}.", details={"available": there}
        )
    back = TakenBack()
    for line in own:
        share = min(rest, line.left)
        if share:
            _take(back, line, share, lines, ids)
        rest -= share
    return back


def of_tickets(lines: Sequence[StandingLine], chosen: Iterable[UUID], ids: IdSource) -> TakenBack:
    """These tickets. Raises TicketGone; InvalidInput for a part of a bundle."""
    wanted = set(chosen)
    back = TakenBack()
    for line in lines:
        own = [ticket for ticket in line.tickets if ticket.id in wanted]
        if own and line.part_of is not None:
            raise InvalidInput(
                f"{line.ticket_type_name} is part of a bundle.",
                remedy="Take the whole bundle back, by its ticket type.",
            )
        if own:
            _write(back, line, len(own), own, None, ids)
            wanted -= {ticket.id for ticket in own}
    if wanted:
        raise TicketGone(details={"tickets": sorted(str(ticket) for ticket in wanted)})
    return back


def on_name(lines: Sequence[StandingLine], attendee: str, type_id: UUID | None) -> list[UUID]:
    """Live tickets with this name or e-mail on them, as people write it."""
    said = attendee.casefold()
    return [
        ticket.id
        for line in lines
        if type_id is None or line.ticket_type_id == type_id
        for ticket in line.tickets
        if said in (ticket.name.casefold(), (ticket.email or "").casefold())
    ]


def _take(back: TakenBack, line: StandingLine, quantity: int, lines: Sequence[StandingLine], ids: IdSource) -> None:
    """A line, and what it is made of when it is a bundle's."""
    parts = [part for part in lines if part.part_of == line.id]
    own = line.tickets[:quantity]
    if not parts and len(own) < quantity:
        raise TicketGone()
    reversal = _write(back, line, quantity, own, None, ids)
    for part in parts:
        share = quantity * part.quantity // line.quantity
        if len(part.tickets) < share:
            raise TicketGone()
        _write(back, part, share, part.tickets[:share], reversal, ids)


def _write(
    back: TakenBack, line: StandingLine, quantity: int, tickets: list[LiveTicket], part_of: UUID | None, ids: IdSource
) -> UUID:
    reversal = take_back(line, quantity, line.taken)
    line_id = ids.new_id()
    back.lines.append(
        {
            "id": line_id,
            "type": line.ticket_type_id,
            "kind": "ticket",
            "quantity": reversal.quantity,
            "price": reversal.price_amount,
            "discount": reversal.discount_amount,
            "fee": reversal.fee_amount,
            "tax": reversal.tax_amount,
            "tax_basis_points": line.tax_basis_points,
            "tax_included": line.tax_included,
            "total": reversal.total_amount,
            "part_of": part_of,
            "reverses": line.id,
            "void": [ticket.id for ticket in tickets],
        }
    )
    back.tickets.extend(tickets)
    back.total_amount -= reversal.total_amount
    return line_id


def fee_line(amount: int, label: str, ids: IdSource) -> dict[str, Any]:
    """What is kept when tickets go back."""
    return {"id": ids.new_id(), "kind": "fee", "label": label, "quantity": 1, "price": amount, "total": amount}
