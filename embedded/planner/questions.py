"""What the planner asks when something is missing: one question a turn, naming what is missing."""

from __future__ import annotations

from embedded.planner.clauses import Step
from embedded.planner.words import listed

_ONE = {
    ("create_event", "name"): "What is the event called?",
    ("update_event", "change"): "What should change about {event}: its name, date, time, venue or capacity?",
    ("publish_event", "event"): "Which event should I publish?",
    ("cancel_event", "event"): "Which event should I cancel?",
    ("delete_event", "event"): "Which event should I delete?",
    ("book_venue", "venue"): "Which venue should I book?",
    ("book_venue", "event"): "For which event should I book {venue}?",
    ("cancel_booking", "event"): "The booking of which event or venue should I cancel?",
    ("create_venue", "name"): "What is the venue called?",
    ("update_venue", "change"): "What should change about {venue}?",
    ("refund_order", "order"): "Which order should I refund? Its number is enough.",
    ("get_order", "order"): "Which order do you mean? Its number is enough.",
    ("record_payment", "order"): "Which order was paid? Its number is enough.",
    ("record_payment", "method"): "How was order {order} paid: cash, card, transfer or invoice?",
    ("sell_tickets", "event"): "For which event are the tickets?",
    ("update_ticket_type", "ticket_type"): "Which ticket type should I change?",
    ("update_ticket_type", "change"): "What should change about the {ticket_type} tickets: the price or the number?",
    ("delete_ticket_type", "ticket_type"): "Which ticket type should I remove?",
    ("delete_ticket_type", "event"): "Of which event should I remove the {ticket_type} tickets?",
    ("update_sponsor", "change"): "What should change for {sponsor}: the level, the amount or the status?",
    ("update_sponsor", "sponsor"): "Which sponsor do you mean?",
    ("remove_sponsor", "sponsor"): "Which sponsor should I remove?",
    ("get_event", "event"): "Which event do you mean?",
    ("get_venue", "venue"): "Which venue do you mean?",
    ("list_ticket_types", "event"): "For which event?",
    ("create_promo_code", "event"): "For which event is the promo code?",
    ("create_promo_code", "code"): "What should the code be, the word that buyers type?",
    ("create_promo_code", "discount"): "What does the code give: how many percent, or how much off?",
    ("create_vouchers", "event"): "For which event are the codes?",
    ("create_vouchers", "ticket_type"): "For which ticket type are the codes?",
    ("create_vouchers", "quantity"): "How many codes should there be?",
    ("hold_tickets", "event"): "For which event should I hold tickets?",
    ("hold_tickets", "quantity"): "How many tickets should I hold?",
    ("refund_tickets", "order"): "Of which order? Its number is enough.",
    ("refund_tickets", "which"): "Which tickets of order {order}: whose, of which type, or how many?",
    ("refund_event", "event"): "The orders of which event should I refund?",
    ("postpone_event", "start"): "To which day and time should {event} move?",
    ("transfer_ticket", "ticket"): "Whose ticket is it?",
    ("transfer_ticket", "name"): "Who comes instead?",
    ("add_to_waiting_list", "email"): "What is their e-mail address?",
    ("compare_sales", "other"): "With which event should I compare {event}?",
    ("compare_sales", "event"): "Which events should I compare?",
    ("export", "kind"): "What should be in the file: orders, attendees, sales, check-ins, payouts or the ledger?",
    ("change_order", "order"): "Which order should I change? Its number is enough.",
    ("change_order", "lines"): "Which tickets go back, and which come instead?",
    ("send_tickets", "order"): "The tickets of which order? Its number is enough.",
    ("attach_file", "file"): "Which file do you mean? Add it to a message, and say what it is for.",
    ("attach_file", "of"): "For which event, sponsor or venue is the file?",
}


def question(step: Step, lacking: list[str]) -> str:
    """One question for everything a step lacks."""
    said = {key: str(value) for key, value in step.slots.items() if isinstance(value, (str, int))}
    if step.operation == "create_event" and lacking[0] in ("day", "time"):
        name = said.get("name", "it")
        what = (
            "On which date and at what time"
            if len(lacking) == 2
            else "On which date"
            if lacking[0] == "day"
            else "At what time"
        )
        return f"{what} does {name} start?"
    if step.operation == "create_event" and len(lacking) > 1:
        return "What is the event called, and on which date and at what time does it start?"
    if step.operation == "create_ticket_type":
        return _tickets(said, lacking)
    if step.operation == "sell_tickets" and lacking != ["event"]:
        return _sale(said, lacking)
    if step.operation == "add_sponsor":
        return _sponsor(said, lacking)
    known = {
        "event": "the event",
        "venue": "the venue",
        "order": "it",
        "ticket_type": "those",
        "sponsor": "the sponsor",
    } | said
    return _ONE.get(
        (step.operation, lacking[0]),
        "Which event do you mean?" if lacking[0] == "event" else f"What is the {lacking[0].replace('_', ' ')}?",
    ).format(**known)


def _tickets(said: dict[str, str], lacking: list[str]) -> str:
    kind = f"{said['name']} ticket" if "name" in said else "ticket"
    if "event" in lacking and len(lacking) == 1:
        return "For which event are the tickets?"
    parts = []
    if "price" in lacking:
        parts.append(f"what is the price of one {kind}")
    if "quantity" in lacking:
        parts.append("how many should there be")
    if "event" in lacking:
        parts.append("for which event")
    asked = listed(parts).replace(" and how many", ", and how many")
    return f"{asked[0].upper()}{asked[1:]}?"


def _sale(said: dict[str, str], lacking: list[str]) -> str:
    wanted = {"quantity": "how many tickets", "buyer": "who is the buyer", "event": "for which event"}
    asked = listed([wanted[slot] for slot in lacking])
    return f"{asked[0].upper()}{asked[1:]}?"


def _sponsor(said: dict[str, str], lacking: list[str]) -> str:
    name = said.get("sponsor", "the sponsor")
    wanted = {
        "sponsor": "who is the sponsor",
        "event": f"which event does {name} sponsor",
        "level": f"at which level is {name} (gold, silver, bronze ...)",
        "amount": f"how much does {name} pay",
    }
    asked = listed([wanted[slot] for slot in lacking])
    return f"{asked[0].upper()}{asked[1:]}?"
