"""Calls of events. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.events import (
    CancelEventBody,
    CancelledEvent,
    CreateEvent,
    Event,
    EventDetail,
    ListEventsQuery,
    NamedEventBody,
    OfferedChoices,
    OfferedPlaces,
    OfferPlacesBody,
    OfferRefundChoiceBody,
    OpenWaitingListBody,
    PageEvent,
    PostponedEvent,
    PostponeEventBody,
    RefundEventBody,
    RefundRun,
    UpdateEventBody,
    WaitingList,
)


class EventsCalls(Calls):
    """What `events` offers."""

    def list_events(self, **fields: Unpack[ListEventsQuery]) -> PageEvent:
        """List events by day, venue, status or name, soonest first.

        Use for "what's on": give from_date and to_date as days in the organisation's zone.

        Needs the scope `events:read`.
        """
        return cast("PageEvent", self._ask("GET", "/api/events", query=fields))

    def create_event(self, *, idempotency_key: str | None = None, **fields: Unpack[CreateEvent]) -> Event:
        """Create an event as a draft.

        Use when the organiser names something that should take place. Needs a name and a start. The venue named
        here is where it will be; to reserve it, add book_venue. Tickets are added with create_ticket_type.

        Needs the scope `events:write`.
        """
        return cast("Event", self._ask("POST", "/api/events", body=fields, keyed=True, key=idempotency_key))

    def get_event(self, id: str) -> EventDetail:
        """Show one event with its ticket types, bookings and sponsorships.

        Needs the scope `events:read`.
        """
        return cast("EventDetail", self._ask("GET", f"/api/events/{segment(id)}"))

    def replace_event(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateEventBody]
    ) -> Event:
        """Change an event's name, times, venue, description or capacity.

        Use to move, rename or resize an event. Only what is given changes. What is booked for it moves with it;
        a taken space refuses the change. Tickets that were sold stay valid.

        Needs the scope `events:write`.
        """
        return cast(
            "Event",
            self._ask(
                "PUT", f"/api/events/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def update_event(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[UpdateEventBody]
    ) -> Event:
        """Change an event's name, times, venue, description or capacity.

        Use to move, rename or resize an event. Only what is given changes. What is booked for it moves with it;
        a taken space refuses the change. Tickets that were sold stay valid.

        Needs the scope `events:write`.
        """
        return cast(
            "Event",
            self._ask(
                "PATCH", f"/api/events/{segment(id)}", body=fields, if_match=if_match, keyed=True, key=idempotency_key
            ),
        )

    def delete_event(self, id: str, *, if_match: str = "*", idempotency_key: str | None = None) -> Event:
        """Delete an event that has no orders, with its bookings, ticket types and sponsorships.

        Use for a draft made by mistake. An event that people bought tickets for is cancelled instead.

        Needs the scope `events:write`.
        """
        return cast(
            "Event",
            self._ask("DELETE", f"/api/events/{segment(id)}", if_match=if_match, keyed=True, key=idempotency_key),
        )

    def publish_event(self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[NamedEventBody]) -> Event:
        """Publish a draft, so that buyers can see it.

        Needs the scope `events:write`.
        """
        return cast(
            "Event",
            self._ask("POST", f"/api/events/{segment(id)}/publish", body=fields, keyed=True, key=idempotency_key),
        )

    def cancel_event(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[CancelEventBody]
    ) -> CancelledEvent:
        """Cancel an event, free what is booked for it, and say what its buyers get.

        Use when it will not take place. When somebody paid, `buyers` is needed: refund_all gives everybody
        their money back but for keep_amount, let_choose lets each take that or leave the money as a donation or
        credit, decide_later leaves the orders as they are. Unpaid orders and holds end, and the waiting list is
        told. An undo brings the event and its bookings back, no orders.

        Needs the scope `events:write`.
        """
        return cast(
            "CancelledEvent",
            self._ask("POST", f"/api/events/{segment(id)}/cancel", body=fields, keyed=True, key=idempotency_key),
        )

    def postpone_event(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[PostponeEventBody]
    ) -> PostponedEvent:
        """Move an event to another time; its tickets stay valid, and buyers may ask for their money back for some
        days.

        Use when it takes place later than sold. What is booked for it moves along where it is free then; where
        it is not, the booking is freed and the card says so. With refund_days 0 buyers may not ask for a
        refund.

        Needs the scope `events:write`.
        """
        return cast(
            "PostponedEvent",
            self._ask("POST", f"/api/events/{segment(id)}/postpone", body=fields, keyed=True, key=idempotency_key),
        )

    def get_event_refund(self, id: str) -> RefundRun:
        """Show the latest refund of an event's orders: what it comes to, how far it is, and what was left out and
        why.

        Needs the scope `orders:read`.
        """
        return cast("RefundRun", self._ask("GET", f"/api/events/{segment(id)}/refund"))

    def refund_event(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[RefundEventBody]
    ) -> RefundRun:
        """Refund all orders of an event, but for a fee that is kept of each.

        By default a dry run: it tells exactly what the real one would come to, and writes nothing. In a
        proposal say dry_run false; the proposal shows the same numbers before anybody says yes. Orders are then
        refunded one by one: each is cancelled, its tickets are void. An order that changed meanwhile is left as
        it is and named. It can not be undone.

        Needs the scope `orders:refund`.
        """
        return cast(
            "RefundRun",
            self._ask("POST", f"/api/events/{segment(id)}/refund", body=fields, keyed=True, key=idempotency_key),
        )

    def offer_refund_choice(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[OfferRefundChoiceBody]
    ) -> OfferedChoices:
        """Let the buyers of an event, or of one order, choose what they want: their money back or to leave it.

        Use after a cancellation that was left open, or when an event changes much. The refund they may choose
        is promised: all that they paid but for keep_amount. Who chose it has it at once; others may think again
        until the deadline. Offering anew replaces what was offered before.

        Needs the scope `orders:refund`.
        """
        return cast(
            "OfferedChoices",
            self._ask(
                "POST", f"/api/events/{segment(id)}/refund_choices", body=fields, keyed=True, key=idempotency_key
            ),
        )

    def replace_open_waiting_list(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[OpenWaitingListBody]
    ) -> WaitingList:
        """Open the waiting list of an event, so that people can get in line for tickets that are sold out.

        Places that come free go to the shop, where whoever is first buys them; offer_places offers them to the
        list instead. With auto_offer they never reach the shop: each is offered to the first in line whose
        number of tickets fits, for offer_hours. Calling it again changes how it works.

        Needs the scope `tickets:write`.
        """
        return cast(
            "WaitingList",
            self._ask("PUT", f"/api/events/{segment(id)}/waiting_list", body=fields, keyed=True, key=idempotency_key),
        )

    def close_waiting_list(self, id: str, *, idempotency_key: str | None = None) -> WaitingList:
        """Close the waiting list of an event to newcomers. Who is in line stays in line.

        Needs the scope `tickets:write`.
        """
        return cast(
            "WaitingList",
            self._ask("DELETE", f"/api/events/{segment(id)}/waiting_list", keyed=True, key=idempotency_key),
        )

    def offer_places(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[OfferPlacesBody]
    ) -> OfferedPlaces:
        """Offer free places to the first in line; each keeps theirs for so many hours and is told by mail.

        Use for "offer the 6 returned tickets to the waiting list". Whoever wants more tickets than there are
        free is passed over and keeps their position; nobody is offered fewer than they asked for. An offer that
        is not taken up ends, and its places are free for the next.

        Needs the scope `orders:write`.
        """
        return cast(
            "OfferedPlaces",
            self._ask(
                "POST", f"/api/events/{segment(id)}/waiting_list/offers", body=fields, keyed=True, key=idempotency_key
            ),
        )
