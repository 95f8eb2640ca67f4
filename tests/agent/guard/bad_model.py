"""A model that errs on purpose: right calls made wrong in one place, by kind, from a seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from evals.dataset import Case
from tests.agent.guard.conversations import MADE, TOLD, is_write

EVENTS = [event["name"] for event in TOLD.events]
VENUES = [venue["name"] for venue in TOLD.venues]
SPONSORS = ["Acme", "Globex", "Nike", "Philips Lighting", "Initech"]
BUYERS = ["John Doe", "jane@corp.example", "Max Mustermann"]
NAMES = ["Sea Poem", "Summer Bash", "Charity Dinner"]
MONEY = ("price_amount", "amount")
COUNTS = ("quantity", "capacity")

Mutation = Callable[[Random, Case, list[MADE]], Iterator[list[MADE]]]


def _each(plan: list[MADE], *slots: str) -> Iterator[tuple[int, str]]:
    for place, (name, arguments) in enumerate(plan):
        for slot in slots:
            if is_write(name) and slot in arguments:
                yield place, slot


def _with(plan: list[MADE], place: int, **values: object) -> list[MADE]:
    changed = deepcopy(plan)
    changed[place][1].update(values)
    return changed


def wrong_count(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, *COUNTS):
        yield _with(plan, place, **{slot: random.randint(1, 2000)})


def other_number_of_the_text(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    said = [int(number) for number in re.findall(r"(?<![\d.,])\d{1,5}(?![\d,.:])", case.text)]
    for place, slot in _each(plan, *COUNTS, *MONEY):
        for number in said:
            yield _with(plan, place, **{slot: number * 100 if slot in MONEY else number})


def wrong_price(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, *MONEY):
        yield _with(plan, place, **{slot: random.randint(1, 90_000)})


def major_units(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, *MONEY):
        yield _with(plan, place, **{slot: plan[place][1][slot] / 100})
        yield _with(plan, place, **{slot: str(plan[place][1][slot] // 100)})
        yield _with(plan, place, **{slot: plan[place][1][slot] * 100})


def other_currency(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, _ in _each(plan, *MONEY):
        if plan[place][0] in ("create_ticket_type", "add_sponsor"):
            yield _with(plan, place, currency=random.choice(["SEK", "JPY", "PLN", "AUD"]))


def wrong_day(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "start_date"):
        moment = datetime.fromisoformat(plan[place][1][slot])
        days = random.choice([-12, -3, -1, 1, 2, 5, 30, 365])
        yield _with(plan, place, **{slot: (moment + timedelta(days=days)).isoformat()})


def wrong_time(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "start_date"):
        moment = datetime.fromisoformat(plan[place][1][slot])
        yield _with(plan, place, **{slot: (moment + timedelta(hours=random.choice([-3, -1, 1, 2, 12]))).isoformat()})
        yield _with(plan, place, **{slot: moment.replace(tzinfo=None).isoformat() + "Z"})


def other_event(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "event"):
        for name in EVENTS:
            yield _with(plan, place, **{slot: name})


def other_venue(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "venue"):
        for name in VENUES:
            yield _with(plan, place, **{slot: name})


def other_order(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "order"):
        yield _with(plan, place, **{slot: str(random.randint(1, 99_999))})


def invented_sponsor(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "sponsor"):
        yield _with(plan, place, **{slot: random.choice(SPONSORS)})
        yield _with(plan, place, level=random.choice(["gold", "silver", "bronze", "platinum", "diamond"]))


def invented_buyer(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "buyer"):
        yield _with(plan, place, **{slot: random.choice(BUYERS)})


def invented_name(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, slot in _each(plan, "name", "ticket_type"):
        yield _with(plan, place, **{slot: random.choice(NAMES)})


def invented_extras(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for place, (name, _) in enumerate(plan):
        if name in ("create_event", "update_event"):
            yield _with(plan, place, end_date="2027-01-01T23:00:00+01:00")
            yield _with(plan, place, description="A magical evening you will never forget")
            yield _with(plan, place, capacity=random.choice([80, 500, 1200]))
            yield _with(plan, place, timezone="America/New_York")
        if name in ("cancel_event", "refund_order"):
            yield _with(plan, place, reason="due to unexpected weather conditions")
        if name == "refund_order":
            yield _with(plan, place, amount=random.randint(1, 9_999))
        if name == "sell_tickets":
            yield _with(plan, place, payment_method="cash")


def swapped(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for one, other in (
        ("event", "venue"),
        ("name", "venue"),
        ("sponsor", "level"),
        ("sponsor", "event"),
        ("buyer", "ticket_type"),
    ):
        for place, _ in _each(plan, one):
            arguments = plan[place][1]
            if other in arguments:
                yield _with(plan, place, **{one: arguments[other], other: arguments[one]})
    for place, _ in _each(plan, "price_amount"):
        arguments = plan[place][1]
        if "quantity" in arguments:
            yield _with(
                plan, place, price_amount=arguments["quantity"] * 100, quantity=max(arguments["price_amount"] // 100, 1)
            )


def exchanged_between_calls(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    for slot in (*MONEY, "quantity", "level"):
        places = [place for place, found in _each(plan, slot) if found == slot]
        for one, other in pairwise(places):
            if plan[one][0] == plan[other][0]:
                changed = _with(plan, one, **{slot: plan[other][1][slot]})
                changed[other][1][slot] = plan[one][1][slot]
                yield changed


def extra_call(random: Random, case: Case, plan: list[MADE]) -> Iterator[list[MADE]]:
    named = [str(arguments["event"]) for _, arguments in plan if "event" in arguments]
    event = named[0] if named else random.choice(EVENTS)
    other = random.choice(EVENTS)
    for extra in (
        ("cancel_event", {"event": event}),
        ("cancel_event", {"event": other, "reason": "unexpected weather"}),
        ("delete_event", {"event": other}),
        ("publish_event", {"event": event}),
        ("refund_order", {"order": str(random.randint(1000, 9999))}),
        ("remove_sponsor", {"sponsor": "Yamaha", "event": event}),
        ("cancel_booking", {"event": event}),
        ("delete_venue", {"venue": random.choice(VENUES)}),
        ("add_sponsor", {"event": event, "sponsor": random.choice(SPONSORS), "level": "gold", "amount": 100_000}),
        ("sell_tickets", {"event": event, "quantity": random.randint(1, 9), "buyer": random.choice(BUYERS)}),
        ("create_ticket_type", {"event": event, "name": "VIP", "price_amount": 9_900, "quantity": 50}),
        ("create_event", {"name": random.choice(NAMES), "start_date": "2026-12-08T19:00:00+01:00"}),
        ("update_event", {"event": event, "capacity": random.randint(10, 900)}),
    ):
        yield [*deepcopy(plan), (extra[0], dict(extra[1]))]


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        wrong_count, other_number_of_the_text, wrong_price, major_units, other_currency, wrong_day, wrong_time, other_event, other_venue,
        other_order, invented_sponsor, invented_buyer, invented_name, invented_extras, swapped, exchanged_between_calls, extra_call,
    )
}  # fmt: skip
