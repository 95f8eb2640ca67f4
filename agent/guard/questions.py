"""What the person is asked, in words of the trade; one short question for each thing that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.guard.slot import Asked, Draft

MAX_NAMED = 6

_VERBS = {
    "create_event": "create a new event",
    "update_event": "change",
    "publish_event": "publish",
    "cancel_event": "cancel",
    "delete_event": "delete",
    "create_venue": "add a new venue",
    "update_venue": "change the venue",
    "delete_venue": "delete the venue",
    "book_venue": "book a venue for",
    "update_booking": "change the booking",
    "cancel_booking": "cancel the booking",
    "create_ticket_type": "add tickets to",
    "update_ticket_type": "change the tickets of",
    "delete_ticket_type": "delete the ticket type",
    "sell_tickets": "sell tickets for",
    "record_payment": "record a payment for order",
    "refund_order": "refund order",
    "add_sponsor": "add a sponsor to",
    "update_sponsor": "change the sponsorship of",
    "remove_sponsor": "remove the sponsor",
    "attach_file": "use the file for",
    "postpone_event": "postpone",
    "refund_event": "refund all orders of",
    "offer_refund_choice": "let buyers choose about",
    "refund_tickets": "refund tickets of order",
    "change_order": "change the tickets of order",
    "cancel_order": "cancel order",
    "approve_order": "approve order",
    "decline_order": "decline order",
    "extend_order": "give more time to order",
    "send_tickets": "mail the tickets of order",
    "request_payment": "ask for the payment of order",
    "transfer_ticket": "give away the ticket of",
    "create_promo_code": "add a promo code to",
    "create_vouchers": "make vouchers for",
    "update_promo_code": "change the promo code",
    "delete_promo_code": "delete the promo code",
    "offer_places": "offer places of",
    "hold_tickets": "hold tickets of",
    "open_waiting_list": "open the waiting list of",
    "close_waiting_list": "close the waiting list of",
    "add_to_waiting_list": "put somebody on the waiting list of",
}
_OBJECT = {
    "delete_venue": "venue", "update_venue": "venue", "delete_ticket_type": "ticket_type", "record_payment": "order",
    "refund_order": "order", "update_sponsor": "sponsor", "remove_sponsor": "sponsor", "create_event": "",
    "create_venue": "", "update_booking": "", "transfer_ticket": "ticket", "update_promo_code": "promo_code",
    "delete_promo_code": "promo_code",
    **dict.fromkeys(
        ("refund_tickets", "change_order", "cancel_order", "approve_order", "decline_order", "extend_order", "send_tickets",
         "request_payment"), "order"),
}  # fmt: skip

_SLOTS = {
    ("create_event", "name"): "What is the new event called?",
    ("create_event", "start_date"): "On which day and at what time does it start?",
    ("create_venue", "name"): "What is the new venue called?",
    ("book_venue", "venue"): "Which venue should be booked?",
    ("create_ticket_type", "price_amount"): "At what price is one {type} ticket?",
    ("create_ticket_type", "quantity"): "How many {type} tickets are there?",
    ("create_ticket_type", "name"): "What is the ticket type called?",
    ("sell_tickets", "quantity"): "How many tickets should be sold?",
    ("sell_tickets", "buyer"): "Who is the buyer: a name or an e-mail address?",
    ("record_payment", "method"): "How was it paid: cash, card, transfer or invoice?",
    ("add_sponsor", "sponsor"): "What is the sponsor's name?",
    ("add_sponsor", "level"): "At which level, gold or silver for example?",
    ("add_sponsor", "amount"): "For what amount?",
    ("refund_order", "amount"): "How much should be refunded?",
    ("create_promo_code", "code"): "What should the code be, the word that buyers type?",
    ("create_vouchers", "quantity"): "How many codes should there be?",
    ("hold_tickets", "quantity"): "How many tickets should be held?",
    ("add_to_waiting_list", "email"): "What is their e-mail address?",
    ("transfer_ticket", "name"): "Who comes instead?",
    ("transfer_ticket", "ticket"): "Whose ticket is it?",
    ("postpone_event", "start_date"): "To which day and time is it postponed?",
    ("create_quota", "size"): "How many places are there together?",
    ("create_quota", "ticket_types"): "Which ticket types share them?",
    ("record_payout", "reference"): "What is the payout's reference?",
    ("record_payout", "provider"): "Where did it come from: stripe, or by hand?",
    **dict.fromkeys(
        (("refund_tickets", slot) for slot in ("tickets", "attendee", "ticket_type")), "Which tickets of the order?"
    ),
    ("refund_tickets", "quantity"): "How many tickets of the order?",
}
_OF_AN_EVENT = frozenset(
    {"publish_event", "cancel_event", "delete_event", "update_event", "postpone_event", "refund_event"}
)
_FIELDS = {
    "promo_code": "Which promo code do you mean?", "quota": "Which shared quota do you mean?", "hold": "Which hold do you mean?",
    "ticket": "Whose ticket do you mean?", "check_in_list": "Which check-in list do you mean?",
    "venue": "Which venue do you mean?", "booking": "Which booking do you mean?", "sponsor": "Which sponsor do you mean?",
    "ticket_type": "Which ticket type do you mean?",
    "file": "Which file do you mean? Add it to a message.", "event": "Which event do you mean?", "order": "Which order do you mean?",
}  # fmt: skip

UNCLEAR = "I did not find that in what you said, so nothing was changed. What should I do, and for which event?"
NOTHING_DONE = "Nothing was changed. What should I do instead?"


def missing(draft: Draft, slot: str) -> str:
    """The question for a required value nobody said."""
    name = draft.values.get("name")
    kind = f"{name}" if isinstance(name, str) and name.lower() not in ("general", "standard") else ""
    question = _SLOTS.get((draft.operation, slot)) or _FIELDS.get(slot) or f"What is the {slot.replace('_', ' ')}?"
    return " ".join(question.format(type=kind).split())


def which_event(operation: str, candidates: Sequence[str]) -> Asked:
    verb = _VERBS[operation] if operation in _OF_AN_EVENT else ""
    opening = f"Which event should I {verb}" if verb else "Which event do you mean"
    return Asked(f"{opening}: {_either(candidates)}?" if candidates else f"{opening}?")


def which_venue(candidates: Sequence[str]) -> Asked:
    return Asked(f"Which venue do you mean: {_either(candidates)}?")


def which_order(operation: str) -> Asked:
    verb = {"refund_order": "refunded", "record_payment": "marked as paid"}.get(operation)
    return Asked(
        f"Which order should be {verb}? Please give its number."
        if verb
        else "Which order do you mean? Please give its number."
    )


def which_value(what: str, values: Sequence[str]) -> Asked:
    return Asked(f"Which {what} do you mean: {_either(values)}?")


def nothing_to_change(draft: Draft) -> str:
    return f"What should change about {_object(draft) or 'it'}?"


def confirm(draft: Draft) -> str:
    """Asks for the word that was not said, before anything that cannot be taken for granted."""
    verb = _VERBS.get(draft.operation, draft.operation.replace("_", " "))
    return f"Nothing was changed. Do you want me to {' '.join(f'{verb} {_object(draft)}'.split())}?"


def _object(draft: Draft) -> str:
    slot = _OBJECT.get(draft.operation, "event")
    value: Any = draft.values.get(slot) if slot else ""
    return value if isinstance(value, str) and len(value) <= 100 and value.count("-") != 4 else ""


def _either(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))[:MAX_NAMED]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
