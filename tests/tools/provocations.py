"""For every error an operation declares: what to do first, and the call that must raise it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.tools.cases import a_ticket, of, refunded_event, waiting_order
from tests.tools.shop import END, START, Shop
from tools.attendees.rules import (
    ImportRefused,
    NothingToSend,
    TicketEventOver,
    TicketNotCurrent,
    TicketNotPaid,
    TicketNotTransferable,
)
from tools.bookings.operations import VenueAlreadyBooked
from tools.cancellations.rules import NobodyToAsk, NothingToRefund, RefundUnderWay
from tools.check_ins.rules import (
    CheckInListExists,
    CheckInListInUse,
    ListNeverOpen,
    NonceReused,
    NothingToUndo,
    OrderNotOnList,
)
from tools.counter.refusals import EventNotOnSale, HoldEnded, MixedCurrencies
from tools.errors import AppError
from tools.events.operations import EventHasOrders
from tools.events.rules import EndBeforeStart, EventOutOfRange, EventStateConflict, EventTooLarge
from tools.orders.reversal import NotThatMany, TicketGone
from tools.orders.rules import (
    NothingToApprove,
    NothingWouldStay,
    OrderClosed,
    OrderNotUnpaid,
    OverPaid,
    RefundTooLarge,
)
from tools.payments.rules import NothingToPay, OnlinePaymentsOff, PaymentSettled
from tools.payouts.rules import PayoutRecorded, PayoutVoided
from tools.promo_codes.rules import (
    NoSuchPromoCode,
    PromoCodeBelowUse,
    PromoCodeEffect,
    PromoCodeExists,
    PromoCodeInUse,
    PromoCodeWindow,
)
from tools.quotas.rules import QuotaEmpty, QuotaNotShared, QuotaTooSmall
from tools.sponsors.rules import SponsorshipExists, SponsorshipStateConflict
from tools.tickets.rules import NotABundle, OrderRange, SalesWindow, TicketsSoldOut, TicketTypeExists, TicketTypeInUse
from tools.venues.operations import VenueInUse
from tools.waiting_list.rules import AlreadyWaiting, NobodyWaits, NoListForBundles, NoPlaceFits, NotWaiting

Data = Callable[[Shop], dict[str, Any]]
Call = tuple[str, Data]


@dataclass(frozen=True)
class Provocation:
    operation: str
    error: type[AppError]
    data: Data
    first: tuple[Call, ...] = ()
    says: tuple[str, ...] = ()
    """Members the problem must have besides its code."""
    offline: bool = False
    """Where no payment provider is connected."""


CANCELLED = ("cancel_event", of("event", "event", buyers="decide_later"))
RUNNING = ("get_event_refund", lambda shop: {"event": refunded_event(shop)})
WAITING = ("get_order", lambda shop: {"order": waiting_order(shop, untouched=False)})
OVER = ("refund_order", of("order", "paid_order"))
EXPIRED = ("get_order", lambda shop: {"order": expired_order(shop)})
DOLLARS = ("create_ticket_type", of("event", "event", name="Dollars", price_amount=100, currency="USD", quantity=5))


def expired_order(shop: Shop) -> str:
    """The shop's open order, after its time to pay has run out."""
    shop.office.sql(
        "update public.orders set expires_at = now() - interval '1 second' where id = %s", shop.open_order.id
    )
    shop.office.sql("select app.expire(%s)", shop.event.id)
    return str(shop.open_order.id)


def taking(quantity: int, ticket_type: str) -> list[dict[str, Any]]:
    return [{"ticket_type": ticket_type, "quantity": quantity}]


LATER = {"start_date": "2031-06-01T19:00:00+01:00", "end_date": "2031-06-01T22:00:00+01:00"}
BOOKED_LATER = ("book_venue", lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.venue.id), **LATER})
SALE: Data = lambda shop: {  # noqa: E731 - a table of inputs
    "event": str(shop.event.id), "ticket_type": str(shop.ticket_type.id), "quantity": 99, "buyer": "Dee"
}  # fmt: skip
PARTY: Data = lambda shop: {  # noqa: E731 - a table of inputs
    "check_in_list": str(shop.check_in_list.id), "order": str(shop.paid_order.id)
}  # fmt: skip
NEXT = ("allowed_next_states",)
SETTLED: Data = lambda shop: {  # noqa: E731 - a table of inputs
    "payment": str(shop.office.sql("select id from public.payments where order_id = %s", shop.paid_order.id)[0][0])
}
BACKWARDS = {"sales_start": END, "sales_end": START}
VALID_BACKWARDS = {"valid_from": END, "valid_until": START}
STUDENTS: Call = ("sell_tickets", lambda shop: {**SALE(shop), "quantity": 2, "promo_code": "STUDENT"})


def voucher_of(shop: Shop) -> str:
    ((code,),) = shop.office.sql(
        "select code from public.promo_codes where org_id = %s and kind = 'voucher'", shop.office.org_id
    )
    return str(code)


PROVOCATIONS: tuple[Provocation, ...] = (
    Provocation("create_event", EndBeforeStart, lambda _: {"name": "Back", "start_date": END, "end_date": START}),
    Provocation("create_event", EndBeforeStart, lambda _: {"name": "Nothing", "start_date": START, "end_date": START}),
    Provocation("create_event", EventOutOfRange, lambda _: {"name": "Old", "start_date": "1815-06-18T11:00:00Z"}),
    Provocation("create_event", EventOutOfRange, lambda _: {"name": "Far", "start_date": "9999-12-31T23:00:00Z"}),
    Provocation(
        "create_event", EventOutOfRange, lambda _: {"name": "Long", "start_date": START, "end_date": "2032-01-01T00:00:00Z"}
    ),
    Provocation("update_event", EventStateConflict, of("event", "event", name="X"), (CANCELLED,), NEXT),
    Provocation("update_event", EndBeforeStart, of("event", "event", end_date="2030-12-12T18:00:00+01:00")),
    Provocation("update_event", EventOutOfRange, of("event", "event", end_date="2032-12-12T18:00:00+01:00")),
    Provocation("update_event", EventTooLarge, of("event", "event", capacity=151), says=("planned", "available")),
    Provocation(
        "publish_event", EventStateConflict, of("event", "event"), (("publish_event", of("event", "event")),), NEXT
    ),
    Provocation("cancel_event", EventStateConflict, of("event", "event"), (CANCELLED,), NEXT),
    Provocation("cancel_event", RefundUnderWay, of("event", "event", buyers="refund_all"), (RUNNING,)),
    Provocation("refund_event", RefundUnderWay, of("event", "event", dry_run=False), (RUNNING,)),
    Provocation("refund_event", NothingToRefund, of("event", "spare_event", dry_run=False)),
    Provocation("offer_refund_choice", NobodyToAsk, of("event", "spare_event")),
    Provocation("postpone_event", EventStateConflict, of("event", "event", **LATER), (CANCELLED,), NEXT),
    Provocation("postpone_event", EndBeforeStart, of("event", "event", start_date=LATER["end_date"], end_date=LATER["start_date"])),
    Provocation("postpone_event", EventOutOfRange, of("event", "event", start_date="9999-12-31T23:00:00Z")),
    Provocation("refund_tickets", OrderClosed, of("order", "paid_order", ticket_type="General"), (OVER,)),
    Provocation(
        "refund_tickets", TicketGone, lambda shop: {"order": str(shop.paid_order.id), "tickets": [str(shop.open_order.tickets[0].id)]}
    ),
    Provocation(
        "refund_tickets", NotThatMany, of("order", "paid_order", ticket_type="General", quantity=3), says=("available",)
    ),
    Provocation("change_order", OrderClosed, of("order", "paid_order", add=taking(1, "VIP")), (OVER,)),
    Provocation("change_order", NothingWouldStay, of("order", "paid_order", remove=taking(2, "General"))),
    Provocation("change_order", NotThatMany, of("order", "paid_order", remove=taking(1, "VIP")), says=("available",)),
    Provocation("change_order", TicketsSoldOut, of("order", "paid_order", add=taking(11, "VIP")), says=("available",)),
    Provocation("change_order", EventNotOnSale, of("order", "paid_order", add=taking(1, "VIP")), (CANCELLED,)),
    Provocation("change_order", MixedCurrencies, of("order", "paid_order", add=taking(1, "Dollars")), (DOLLARS,)),
    Provocation("cancel_order", OrderNotUnpaid, of("order", "paid_order"), says=("order_status",)),
    Provocation("approve_order", NothingToApprove, of("order", "open_order")),
    Provocation("decline_order", NothingToApprove, of("order", "open_order")),
    Provocation(
        "decline_order",
        OrderNotUnpaid,
        of("order", "open_order"),
        (("record_payment", of("order", "open_order", method="cash", amount=1)), WAITING),
    ),
    Provocation("extend_order", OrderNotUnpaid, of("order", "paid_order")),
    Provocation(
        "extend_order",
        TicketsSoldOut,
        of("order", "open_order"),
        (EXPIRED, ("sell_tickets", lambda shop: SALE(shop) | {"quantity": 97})),
    ),
    Provocation("extend_order", EventNotOnSale, of("order", "open_order"), (EXPIRED, CANCELLED)),
    Provocation("open_waiting_list", EventNotOnSale, of("event", "event"), (CANCELLED,)),
    Provocation(
        "add_to_waiting_list", EventNotOnSale, of("event", "event", ticket_type="VIP", email="x@example.org"), (CANCELLED,)
    ),
    Provocation("add_to_waiting_list", AlreadyWaiting, of("event", "event", ticket_type="VIP", email="WIM@example.org")),
    Provocation(
        "add_to_waiting_list",
        NoListForBundles,
        of("event", "event", ticket_type="Pack", email="x@example.org"),
        (
            (
                "create_ticket_type",
                of(
                    "event", "event", name="Pack", kind="bundle", price_amount=1, quantity=5,
                    parts=[{"ticket_type": "VIP", "quantity": 2}],
                ),  # fmt: skip
            ),
        ),
    ),
    Provocation("offer_places", EventNotOnSale, of("event", "event"), (CANCELLED,)),
    Provocation("offer_places", NobodyWaits, of("event", "event", ticket_type="General")),
    Provocation(
        "offer_places",
        NoPlaceFits,
        of("event", "event"),
        (("sell_tickets", lambda shop: SALE(shop) | {"ticket_type": "VIP", "quantity": 10}),),
        says=("waiting",),
    ),
    Provocation(
        "remove_from_waiting_list",
        NotWaiting,
        of("entry", "entry"),
        (("remove_from_waiting_list", of("entry", "entry")),),
        says=("entry_status",),
    ),
    Provocation("delete_event", EventHasOrders, of("event", "event")),
    Provocation(
        "delete_event",
        EventStateConflict,
        of("event", "spare_event"),
        (("publish_event", of("event", "spare_event")),),
        NEXT,
    ),
    Provocation("delete_venue", VenueInUse, of("venue", "venue")),
    Provocation(
        "book_venue",
        VenueAlreadyBooked,
        lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.venue.id)},
        says=("conflicts",),
    ),
    Provocation(
        "book_venue",
        EventTooLarge,
        lambda shop: {"event": str(shop.spare_event.id), "venue": str(shop.spare_venue.id)},
        (("update_event", of("event", "spare_event", capacity=81)),),
    ),
    Provocation(
        "book_venue",
        EndBeforeStart,
        lambda shop: {"event": str(shop.event.id), "venue": str(shop.spare_venue.id), "end_date": START},
    ),
    Provocation(
        "book_venue",
        EventOutOfRange,
        lambda shop: {
            "event": str(shop.event.id), "venue": str(shop.spare_venue.id), "start_date": "0001-01-01T00:00:00Z",
            "setup_minutes": 60,
        },
    ),
    Provocation(
        "book_venue",
        EventOutOfRange,
        lambda shop: {
            "event": str(shop.event.id), "venue": str(shop.spare_venue.id), "end_date": "9999-12-31T23:59:59-12:00"
        },
    ),
    Provocation(
        "book_venue",
        EventStateConflict,
        lambda shop: {"event": str(shop.event.id), "venue": str(shop.spare_venue.id)},
        (CANCELLED,),
        NEXT,
    ),
    Provocation("update_booking", VenueAlreadyBooked, of("booking", "booking", **LATER), (BOOKED_LATER,)),
    Provocation("update_booking", EndBeforeStart, of("booking", "booking", end_date=START)),
    Provocation("update_booking", EventOutOfRange, of("booking", "booking", end_date="9999-12-31T23:59:59-12:00")),
    Provocation(
        "update_booking",
        EventTooLarge,
        of("booking", "booking", space="Cellar"),
        (("update_event", of("event", "event", capacity=11)),),
    ),
    Provocation("create_ticket_type", TicketTypeExists, of("event", "event", name="GENERAL", price_amount=1, quantity=1)),
    Provocation(
        "create_ticket_type",
        EventStateConflict,
        of("event", "event", name="Late", price_amount=1, quantity=1),
        (CANCELLED,),
        NEXT,
    ),
    Provocation(
        "update_ticket_type", TicketsSoldOut, of("ticket_type", "ticket_type", quantity=3), says=("sold", "held")
    ),
    Provocation("update_ticket_type", TicketTypeExists, of("ticket_type", "ticket_type", name="vip")),
    Provocation("delete_ticket_type", TicketTypeInUse, of("ticket_type", "ticket_type")),
    Provocation("create_ticket_type", SalesWindow, of("event", "event", name="X", price_amount=1, quantity=1, **BACKWARDS)),
    Provocation("update_ticket_type", SalesWindow, of("ticket_type", "ticket_type", **BACKWARDS)),
    Provocation(
        "create_ticket_type",
        OrderRange,
        of("event", "event", name="X", price_amount=1, quantity=1, min_per_order=3, max_per_order=2),
    ),
    Provocation("update_ticket_type", OrderRange, of("ticket_type", "ticket_type", min_per_order=3, max_per_order=2)),
    Provocation("create_ticket_type", NotABundle, of("event", "event", name="Duo", price_amount=1, quantity=1, kind="bundle")),
    Provocation("update_ticket_type", NotABundle, of("ticket_type", "ticket_type", parts=[{"ticket_type": "VIP"}])),
    Provocation(
        "create_quota",
        QuotaTooSmall,
        lambda shop: {"event": str(shop.event.id), "name": "Few", "size": 3, "ticket_types": [str(shop.ticket_type.id)]},
        says=("taken",),
    ),
    Provocation(
        "create_quota",
        EventStateConflict,
        lambda shop: {"event": str(shop.event.id), "name": "Few", "size": 9, "ticket_types": [str(shop.ticket_type.id)]},
        (CANCELLED,),
        NEXT,
    ),
    Provocation("update_quota", QuotaTooSmall, of("quota", "quota", size=3), says=("taken",)),
    Provocation("update_quota", QuotaNotShared, of("event", "event", quota="VIP", size=3)),
    Provocation("update_quota", QuotaEmpty, of("quota", "quota", remove_ticket_types=["General"])),
    Provocation("delete_quota", QuotaNotShared, of("event", "event", quota="VIP")),
    Provocation("create_promo_code", PromoCodeExists, of("event", "event", code="student", off_amount=1)),
    Provocation("create_promo_code", PromoCodeEffect, of("event", "event", code="BOTH", off_amount=1, price_amount=1)),
    Provocation("create_promo_code", PromoCodeEffect, of("event", "event", code="NEITHER")),
    Provocation("create_promo_code", PromoCodeWindow, of("event", "event", code="BACK", off_amount=1, **VALID_BACKWARDS)),
    Provocation("create_promo_code", EventStateConflict, of("event", "event", code="LATE", off_amount=1), (CANCELLED,), NEXT),
    Provocation(
        "create_vouchers", TicketsSoldOut, of("ticket_type", "ticket_type", quantity=97), says=("available", "wanted")
    ),
    Provocation(
        "create_vouchers", PromoCodeEffect, of("ticket_type", "ticket_type", quantity=1, off_amount=1, price_amount=1)
    ),
    Provocation("create_vouchers", PromoCodeWindow, of("ticket_type", "ticket_type", quantity=1, **VALID_BACKWARDS)),
    Provocation("create_vouchers", EventStateConflict, of("ticket_type", "ticket_type", quantity=1), (CANCELLED,), NEXT),
    Provocation("update_promo_code", NoSuchPromoCode, of("event", "event", promo_code="NOBODY", label="x")),
    Provocation(
        "update_promo_code",
        PromoCodeExists,
        of("promo_code", "promo_code", code="EARLY"),
        (("create_promo_code", of("event", "event", code="EARLY", off_amount=1)),),
    ),
    Provocation("update_promo_code", PromoCodeEffect, of("promo_code", "promo_code", off_amount=1, price_amount=1)),
    Provocation("update_promo_code", PromoCodeWindow, of("promo_code", "promo_code", **VALID_BACKWARDS)),
    Provocation(
        "update_promo_code", PromoCodeBelowUse, of("promo_code", "promo_code", max_uses=1), (STUDENTS,), ("uses",)
    ),
    Provocation(
        "update_promo_code",
        TicketsSoldOut,
        lambda shop: {"promo_code": voucher_of(shop), "max_uses": 97},
        (("create_vouchers", of("ticket_type", "ticket_type", quantity=1)),),
        ("available", "wanted"),
    ),
    Provocation("delete_promo_code", NoSuchPromoCode, of("event", "event", promo_code="a b")),
    Provocation("delete_promo_code", PromoCodeInUse, of("promo_code", "promo_code"), (STUDENTS,), ("uses",)),
    Provocation("get_promo_code", NoSuchPromoCode, of("event", "event", promo_code="NOBODY")),
    Provocation("sell_tickets", TicketsSoldOut, SALE, says=("available", "wanted")),
    Provocation(
        "sell_tickets",
        TicketsSoldOut,
        lambda shop: {**SALE(shop), "quantity": 7},
        (("update_event", of("event", "event", capacity=10)),),
        ("available", "wanted"),
    ),
    Provocation("sell_tickets", EventNotOnSale, SALE, (CANCELLED,)),
    Provocation(
        "hold_tickets",
        TicketsSoldOut,
        of("event", "event", ticket_type="VIP", quantity=11),
        says=("available", "wanted"),
    ),
    Provocation("hold_tickets", EventNotOnSale, of("event", "event", ticket_type="VIP", quantity=1), (CANCELLED,)),
    *(
        Provocation(name, HoldEnded, of("hold", "hold"), (("release_hold", of("hold", "hold")),))
        for name in ("extend_hold", "release_hold")
    ),
    Provocation("record_payment", OverPaid, of("order", "paid_order", method="cash"), says=("available",)),
    Provocation("record_payment", OverPaid, of("order", "open_order", method="cash", amount=5001), says=("available",)),
    Provocation(
        "record_payment",
        OrderClosed,
        of("order", "open_order", method="cash"),
        (("refund_order", of("order", "open_order")),),
    ),
    Provocation("request_payment", NothingToPay, of("order", "paid_order")),
    Provocation("request_payment", OnlinePaymentsOff, of("order", "open_order"), offline=True),
    Provocation("settle_payment", PaymentSettled, SETTLED, says=NEXT),
    Provocation("settle_payment", OnlinePaymentsOff, of("payment", "online_payment"), offline=True),
    Provocation("give_up_payment", PaymentSettled, SETTLED, says=NEXT),
    Provocation("refund_order", RefundTooLarge, of("order", "paid_order", amount=5001), says=("available",)),
    Provocation("refund_order", RefundTooLarge, of("order", "open_order", amount=1), says=("available",)),
    Provocation(
        "refund_order", OrderClosed, of("order", "paid_order"), (("refund_order", of("order", "paid_order")),)
    ),
    Provocation(
        "record_payout", PayoutRecorded, lambda _: {"provider": "stripe", "reference": "po_0", "amount": 1}
    ),
    Provocation(
        "void_payout", PayoutVoided, of("payout", "payout"), (("void_payout", of("payout", "payout")),)
    ),
    Provocation("create_check_in_list", CheckInListExists, of("event", "event", name="MAIN door")),
    Provocation("create_check_in_list", ListNeverOpen, of("event", "event", name="Never", opens_at=END, closes_at=START)),
    Provocation("create_check_in_list", EventStateConflict, of("event", "event", name="Late"), (CANCELLED,), NEXT),
    Provocation("update_check_in_list", CheckInListExists, of("check_in_list", "check_in_list", name="backstage")),
    Provocation("update_check_in_list", ListNeverOpen, of("check_in_list", "check_in_list", opens_at=END, closes_at=END)),
    Provocation("delete_check_in_list", CheckInListInUse, of("check_in_list", "check_in_list")),
    Provocation(
        "check_in",
        NonceReused,
        lambda shop: {
            "check_in_list": str(shop.check_in_list.id), "ticket": str(shop.open_order.tickets[0].id), "nonce": "the-first-scan"
        },
    ),
    Provocation(
        "check_in_order",
        NonceReused,
        lambda shop: {**PARTY(shop), "nonce": "the-party", "kind": "exit"},
        (("check_in_order", lambda shop: {**PARTY(shop), "nonce": "the-party"}),),
    ),
    Provocation(
        "check_in_order",
        OrderNotOnList,
        PARTY,
        (("update_check_in_list", of("check_in_list", "check_in_list", ticket_types=["VIP"])),),
    ),
    Provocation(
        "undo_check_in", NothingToUndo, of("check_in", "check_in"), (("undo_check_in", of("check_in", "check_in")),)
    ),
    Provocation(
        "rename_attendee", TicketNotCurrent, a_ticket(name="X"), (("transfer_ticket", a_ticket(name="Eve")),), ("ticket_status",)
    ),
    Provocation(
        "transfer_ticket", TicketNotTransferable, a_ticket(name="X"), (("transfer_ticket", a_ticket(name="Eve")),), ("ticket_status",)
    ),
    Provocation(
        "transfer_ticket",
        TicketNotTransferable,
        lambda shop: {"ticket": str(shop.paid_order.tickets[-1].id), "name": "X"},
        says=("ticket_status",),
    ),
    Provocation(
        "transfer_ticket",
        TicketNotPaid,
        lambda shop: {"ticket": str(shop.open_order.tickets[0].id), "name": "X"},
        says=("order_status",),
    ),
    Provocation("transfer_ticket", TicketEventOver, a_ticket(name="X"), (CANCELLED,), ("event_status",)),
    Provocation("send_tickets", NothingToSend, of("order", "open_order")),
    Provocation(
        "import_attendees",
        ImportRefused,
        of("event", "event", csv="name,type\nAnn,General\nBo,Balcony\n", dry_run=False, all_or_nothing=True),
        says=("failed",),
    ),
    Provocation("add_sponsor", SponsorshipExists, of("event", "event", sponsor="YAMAHA", level="silver", amount=1)),
    Provocation(
        "add_sponsor",
        EventStateConflict,
        of("event", "event", sponsor="Korg", level="silver", amount=1),
        (CANCELLED,),
        NEXT,
    ),
    Provocation("update_sponsor", SponsorshipStateConflict, of("sponsor", "sponsorship", status="enquiry"), (
        ("update_sponsor", of("sponsor", "sponsorship", status="paid")),
    ), NEXT),
)  # fmt: skip
