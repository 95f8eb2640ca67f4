"""For every error an operation declares: what to do first, and the call that must raise it."""

from __future__ import annotations

from tests.tools.cases import a_ticket, of
from tests.tools.provocations_selling import SELLING
from tests.tools.provoking import (
    BOOKED_LATER,
    CANCELLED,
    DOLLARS,
    EXPIRED,
    LATER,
    NEXT,
    OVER,
    PARTY,
    RUNNING,
    SALE,
    SWITCHED_OFF,
    TWENTY,
    WAITING,
    Data,
    Provocation,
    accepted_invitation,
    many_invited,
    taking,
)
from tests.tools.shop import END, START
from tools.api_keys.rules import KeyNameTaken
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
from tools.counter.refusals import EventNotOnSale, MixedCurrencies
from tools.events.operations import EventHasOrders
from tools.events.rules import EndBeforeStart, EventOutOfRange, EventStateConflict, EventTooLarge
from tools.files.rules import FileInUse
from tools.members.rules import InvitationClosed, InvitedAlready, LastOwner, MemberAlready, TooManyInvitations
from tools.orders.reversal import NotThatMany, TicketGone
from tools.orders.rules import (
    NothingToApprove,
    NothingWouldStay,
    OrderClosed,
    OrderNotUnpaid,
)
from tools.privacy.rules import PersonIsMember
from tools.sponsors.rules import SponsorshipExists, SponsorshipStateConflict
from tools.tickets.rules import TicketsSoldOut
from tools.venues.operations import VenueInUse
from tools.waiting_list.rules import AlreadyWaiting, NobodyWaits, NoListForBundles, NoPlaceFits, NotWaiting
from tools.webhooks.addresses import WebhookAddressRefused
from tools.webhooks.rules import TooManyWebhooks, WebhookExists, WebhookInactive

_ME: Data = lambda shop: {"member": str(shop.office.caller.user_id)}  # noqa: E731 - an entry of the table
_ACCEPTED = ("list_invitations", accepted_invitation)
_RESENT = ("resend_invitation", of("invitation", "invitation"))
_MANY_INVITED = ("list_invitations", many_invited)

PROVOCATIONS: tuple[Provocation, ...] = (
    Provocation("remove_member", LastOwner, _ME),
    Provocation("change_member", LastOwner, lambda shop: _ME(shop) | {"role": "admin"}),
    Provocation("invite_member", MemberAlready, lambda shop: {"email": f"{shop.colleague.id}@example.com"}),
    Provocation("invite_member", InvitedAlready, lambda _: {"email": "IVY@example.org", "role": "staff"}),
    Provocation("revoke_invitation", InvitationClosed, of("invitation", "invitation"), (_ACCEPTED,)),
    Provocation("resend_invitation", InvitationClosed, of("invitation", "invitation"), (_ACCEPTED,)),
    Provocation("resend_invitation", TooManyInvitations, of("invitation", "invitation"), (_RESENT, _RESENT)),
    Provocation("invite_member", TooManyInvitations, lambda _: {"email": "late@example.org"}, (_MANY_INVITED,)),
    Provocation("create_api_key", KeyNameTaken, lambda _: {"name": "TILL", "role": "viewer"}),
    Provocation("attach_file", FileInUse, lambda shop: {"file": str(shop.file.id), "sponsor": "Yamaha"}),
    Provocation("erase_person", PersonIsMember, lambda shop: {"email": shop.office.caller.email.upper()}),
    *SELLING,
    Provocation("create_event", EndBeforeStart, lambda _: {"name": "Back", "start_date": END, "end_date": START}),
    Provocation("create_event", EndBeforeStart, lambda _: {"name": "Nothing", "start_date": START, "end_date": START}),
    Provocation("create_event", EventOutOfRange, lambda _: {"name": "Old", "start_date": "1815-06-18T11:00:00Z"}),
    Provocation("create_event", EventOutOfRange, lambda _: {"name": "Far", "start_date": "9999-12-31T23:00:00Z"}),
    Provocation(
        "create_event",
        EventOutOfRange,
        lambda _: {"name": "Long", "start_date": START, "end_date": "2032-01-01T00:00:00Z"},
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
    Provocation(
        "postpone_event",
        EndBeforeStart,
        of("event", "event", start_date=LATER["end_date"], end_date=LATER["start_date"]),
    ),
    Provocation("postpone_event", EventOutOfRange, of("event", "event", start_date="9999-12-31T23:00:00Z")),
    Provocation("refund_tickets", OrderClosed, of("order", "paid_order", ticket_type="General"), (OVER,)),
    Provocation(
        "refund_tickets",
        TicketGone,
        lambda shop: {"order": str(shop.paid_order.id), "tickets": [str(shop.open_order.tickets[0].id)]},
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
        "add_to_waiting_list",
        EventNotOnSale,
        of("event", "event", ticket_type="VIP", email="x@example.org"),
        (CANCELLED,),
    ),
    Provocation(
        "add_to_waiting_list", AlreadyWaiting, of("event", "event", ticket_type="VIP", email="WIM@example.org")
    ),
    Provocation(
        "add_to_waiting_list",
        NoListForBundles,
        of("event", "event", ticket_type="Pack", email="x@example.org"),
        (
            (
                "create_ticket_type",
                of(
                    "event",
                    "event",
                    name="Pack",
                    kind="bundle",
                    price_amount=1,
                    quantity=5,
                    parts=[{"ticket_type": "VIP", "quantity": 2}],
                ),
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
            "event": str(shop.event.id),
            "venue": str(shop.spare_venue.id),
            "start_date": "0001-01-01T00:00:00Z",
            "setup_minutes": 60,
        },
    ),
    Provocation(
        "book_venue",
        EventOutOfRange,
        lambda shop: {
            "event": str(shop.event.id),
            "venue": str(shop.spare_venue.id),
            "end_date": "9999-12-31T23:59:59-12:00",
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
    Provocation("create_check_in_list", CheckInListExists, of("event", "event", name="MAIN door")),
    Provocation(
        "create_check_in_list", ListNeverOpen, of("event", "event", name="Never", opens_at=END, closes_at=START)
    ),
    Provocation("create_check_in_list", EventStateConflict, of("event", "event", name="Late"), (CANCELLED,), NEXT),
    Provocation("update_check_in_list", CheckInListExists, of("check_in_list", "check_in_list", name="backstage")),
    Provocation(
        "update_check_in_list", ListNeverOpen, of("check_in_list", "check_in_list", opens_at=END, closes_at=END)
    ),
    Provocation("delete_check_in_list", CheckInListInUse, of("check_in_list", "check_in_list")),
    Provocation(
        "check_in",
        NonceReused,
        lambda shop: {
            "check_in_list": str(shop.check_in_list.id),
            "ticket": str(shop.open_order.tickets[0].id),
            "nonce": "the-first-scan",
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
        "rename_attendee",
        TicketNotCurrent,
        a_ticket(name="X"),
        (("transfer_ticket", a_ticket(name="Eve")),),
        ("ticket_status",),
    ),
    Provocation(
        "transfer_ticket",
        TicketNotTransferable,
        a_ticket(name="X"),
        (("transfer_ticket", a_ticket(name="Eve")),),
        ("ticket_status",),
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
    Provocation("create_webhook", WebhookAddressRefused, lambda _: {"url": "http://127.0.0.1/hook"}),
    Provocation("create_webhook", WebhookExists, lambda shop: {"url": shop.webhook.url}),
    Provocation("create_webhook", TooManyWebhooks, lambda _: {"url": "https://one.example.net/more"}, (TWENTY,)),
    Provocation("update_webhook", WebhookAddressRefused, of("webhook", "webhook", url="https://10.0.0.1/")),
    Provocation(
        "update_webhook",
        WebhookExists,
        of("webhook", "webhook", url="https://two.example.net/"),
        (("create_webhook", lambda _: {"url": "https://two.example.net/"}),),
    ),
    Provocation("send_test_webhook", WebhookInactive, of("webhook", "webhook"), (SWITCHED_OFF,)),
    Provocation("redeliver_webhook", WebhookInactive, of("delivery", "delivery"), (SWITCHED_OFF,)),
    Provocation("add_sponsor", SponsorshipExists, of("event", "event", sponsor="YAMAHA", level="silver", amount=1)),
    Provocation(
        "add_sponsor",
        EventStateConflict,
        of("event", "event", sponsor="Korg", level="silver", amount=1),
        (CANCELLED,),
        NEXT,
    ),
    Provocation(
        "update_sponsor",
        SponsorshipStateConflict,
        of("sponsor", "sponsorship", status="enquiry"),
        (("update_sponsor", of("sponsor", "sponsorship", status="paid")),),
        NEXT,
    ),
)
