"""Selling tickets, and what happens to an order afterwards."""

from __future__ import annotations

import re

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import take_buyer, take_event, take_method, take_price, take_type
from embedded.planner.times import take_past
from embedded.planner.utterance import whole


def sell(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("sell_tickets")
    name = take_type(clause)
    if name:
        step.slots["ticket_type"] = name
    counted = clause.search(
        r"(?P<n>NUM)\s+(?:[\w'-]+\s+){0,4}?(?:<ticket>|vips?|early\s+birds?|regulars?|students?)\b"
    ) or clause.search(r"(?P<n>NUM)")
    quantity = whole(clause.at(counted["n"]).value) if counted else None
    if not quantity and clause.has(r"\b(?:an?|one|single)\s+(?:[\w'-]+\s+){0,2}(?:ticket|seat|pass|spot|place)\b"):
        quantity = 1
    if quantity:
        step.slots["quantity"] = quantity
    method = take_method(clause)
    if method:
        step.slots["payment_method"] = method
    buyer = take_buyer(clause, memory)
    take_event(clause, memory, step)
    if buyer:
        step.slots["buyer"] = buyer
    if clause.has(r"\b(?:left|more)\b") and "event" not in step.slots and memory.focus:
        step.slots["pointed"] = True
    return [step]


def refund(clause: Clause, memory: Memory) -> list[Step]:
    orders = clause.mentions("ORDER")
    steps = []
    for mention in orders:
        mention.used = True
        steps.append(Step("refund_order", {"order": mention.value}))
    if not orders:
        steps = [Step("refund_order")]
        _order(clause, memory, steps[0])
        if "order" not in steps[0].slots and (buyer := take_buyer(clause, memory)):
            steps = [Step("list_orders", {"buyer": buyer})]
            for mention in clause.mentions("EVENT"):
                mention.used = True
                steps[0].slots["event"] = mention.value[0] if len(mention.value) == 1 else None
            return steps
    money = take_price(clause, memory)
    if money is not None and len(steps) == 1:
        step = steps[0]
        step.slots["amount"] = money
    elif clause.has(r"\b(?:partial|partly|half|PERCENT)\b"):
        steps[0].doubts.append("Which amount should be refunded?")
    reason = clause.search(
        r"(?:\s*[,:–-]+\s*|\s+)(?:because|since|as|due\s+to|owing\s+to|reason:?|for\s+the\s+reason)\s+(?P<why>.+)"
        r"$"
    ) or clause.search(r"ORDER\s*[,–:-]+\s*(?P<why>(?!please|thanks|thank)\S+\s+\S+.*)$")
    if reason:
        for step in steps:
            step.slots["reason"] = clause.shown(reason["why"]).strip(" .!")
    return steps


def _order(clause: Clause, memory: Memory, step: Step) -> None:
    mention = clause.take("ORDER")
    if mention is not None:
        step.slots["order"] = mention.value
        return
    for number in clause.mentions("NUM", "MONEY"):
        if re.fullmatch(r"\d{3,9}", number.text) and not number.used:
            number.used = True
            step.slots["order"] = number.text
            return
    if (
        clause.has(
            r"\b(?:it|that|this|that\s+one|(?:that|this|the\s+last|the\s+latest|my\s+last|the\s+previous|"
            r"the\s+same|the)\s+(?:order|sale|purchase|one))\b"
        )
        and memory.last_order
    ):
        step.slots["order"] = memory.last_order


_BUYER_PAID = r"^(?:he|she|they|(?:the|that)\s+(?:buyer|customer|client|guy|woman|man|lady))\b"


def pay(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("record_payment")
    method = take_method(clause)
    if method:
        step.slots["method"] = method
    money = take_price(clause, memory)
    if money is not None:
        step.slots["amount"] = money
    _order(clause, memory, step)
    if "order" not in step.slots and memory.last_order and clause.has(_BUYER_PAID):
        step.slots["order"] = memory.last_order
    if "order" not in step.slots and (buyer := take_buyer(clause, memory)):
        return [Step("list_orders", {"buyer": buyer})]
    return [step]


def look_up(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("get_order")
    _order(clause, memory, step)
    return [step]


def list_orders(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("list_orders")
    buyer = take_buyer(clause, memory)
    if not buyer and (
        owner := clause.search(
            r"\b(?P<n>(?-i:[A-Z])[\w-]+(?:\s+(?-i:[A-Z])[\w-]+)*)'s?\s+(?:orders?|tickets?|purchases?)\b"
        )
    ):
        buyer = owner["n"]
    if not buyer and (
        subject := clause.search(r"\b(?:did|has|does)\s+(?P<n>(?-i:[A-Z])[\w-]+(?:\s+(?-i:[A-Z])[\w-]+)*)\b")
    ):
        buyer = subject["n"]
    if buyer:
        step.slots["buyer"] = buyer
    take_event(clause, memory, step)
    step.doubts.clear()
    when = take_past(clause, memory)
    if when and when.day:
        step.slots["from_date"], step.slots["to_date"] = when.day, when.end_day or when.day
    if clause.has(r"\b(?:not|hasn't|haven't|n't|owes?|still|yet)\b"):
        step.slots["status"] = "pending"
        return [step]
    status = clause.search(r"\b(pending|unpaid|open|outstanding|paid|expired|cancelled)\b")
    if status:
        step.slots["status"] = {"unpaid": "pending", "open": "pending", "outstanding": "pending"}.get(
            status.group(1).lower(), status.group(1).lower()
        )
    return [step]


FILLS: dict[str, Fill] = {
    "refund_order": refund,
    "record_payment": pay,
    "get_order": look_up,
    "list_orders": list_orders,
    "sell_tickets": sell,
}
