"""Promo codes, vouchers, limits of ticket types and holds. Reads whole messages."""

from __future__ import annotations

import re

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.intents.terms import (
    count_of,
    given_of,
    moment_of,
    take_discount,
    take_label,
    take_one_type,
    take_window,
    types_of,
)
from embedded.planner.memory import Memory
from embedded.planner.slots import take_event, type_name
from embedded.planner.utterance import whole

_CODE = r"\bcode\s+(?:called\s+|named\s+)?(?P<code>(?-i:[A-Z][A-Z0-9_-]{2,39}))\b"


def promo_code(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("create_promo_code")
    said = clause.search(_CODE)
    quote = clause.take("QUOTE")
    code = said["code"] if said else str(quote.value) if quote else None
    if code is None and (
        found := re.search(
            r"\b(?!NUM|MONEY|WHEN|EVENT|VENUE|PERCENT)[A-Z][A-Z0-9_-]*\d[A-Z0-9_-]*\b|\b[A-Z]{5,}\b(?!_)", clause.masked
        )
    ):
        code = found[0]
    if code:
        step.slots["code"] = code
    take_discount(clause, step)
    limits = {
        "max_per_buyer": r"(?P<n>NUM)\s+(?:\w+\s+)?(?:per|each)\s+(?:buyer|person|customer)",
        "max_uses": r"\b(?:max(?:imum)?(?:\s+of)?|at\s+most|up\s+to|not?\s+more\s+than|limit(?:ed)?\s+to|first)\s+"
        r"(?P<n>NUM)(?:\s+(?:uses|times|tickets))?"
        r"|(?P<n2>NUM)\s+(?:uses|times)\b",
    }
    for slot, cue in limits.items():
        if (found := clause.search(cue)) and (token := found.groupdict().get("n") or found.groupdict().get("n2")):
            mention = clause.utterance.mentions[int(token.rsplit("_", 1)[1])]
            if not mention.used:
                mention.used = True
                given_of(step)[slot] = whole(mention.value)
    names = [name for name in types_of(clause) if not clause.has(rf"\bfor\s+{name}s?\s+(?:on|with|at)\b")]
    label = clause.search(r"\bfor\s+(?:the\s+|our\s+)?(?P<label><kind>)\s+(?:on|with|at)\b") or clause.search(
        r"\bpromised\s+(?:the\s+|our\s+)?(?P<label>[a-z]+)\b"
    )
    if label:
        names = [name for name in names if name != type_name(label["label"])]
        given_of(step)["label"] = label["label"]
    if names:
        given_of(step)["ticket_types"] = names
    take_window(clause, memory, step, "valid_from", "valid_until")
    take_event(clause, memory, step)
    step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
    if "given" not in step.slots or not {"percent_basis_points", "off_amount"} & given_of(step).keys():
        step.slots.pop("discount", None)
    else:
        step.slots["discount"] = True
    return [step]


def vouchers(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("create_vouchers")
    count = count_of(clause, r"(?P<n>NUM)\s+(?:[\w'-]+,?\s+){0,5}(?:codes|vouchers?|coupons?)\b")
    if count:
        step.slots["quantity"] = count
    free = [mention for mention in clause.mentions("MONEY") if mention.value.amount == 0]
    if free or clause.has(r"\b(?:gratis|complimentary)\b"):
        for mention in free:
            mention.used = True
        given_of(step)["price_amount"] = 0
    else:
        take_discount(clause, step)
    whom = clause.search(r"\bgive\s+(?:the\s+|our\s+)?(?P<label>[a-z]+)\b(?:\s+of\b|\s+NUM|\s+EVENT)") or clause.search(
        r"\bfor\s+(?:the\s+|our\s+)(?P<label>[a-z]+)\s*$"
    )
    if whom:
        given_of(step)["label"] = whom["label"]
    elif not clause.has(r"\bfor\s+(?:the\s+|our\s+)?<kind>\s+<ticket>"):
        take_label(clause, step)
    take_one_type(clause, step)
    take_window(clause, memory, step, "valid_from", "valid_until")
    take_event(clause, memory, step)
    step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
    return [step]


def limits(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("update_ticket_type")
    take_one_type(clause, step)
    take_event(clause, memory, step)
    step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
    number = count_of(clause, r"(?P<n>NUM)")
    if number and clause.has(r"\bper\s+order\b|\bin\s+one\s+order\b"):
        given_of(step)["max_per_order"] = number
    elif number and clause.has(
        r"\b(?:per|each|every)\s+(?:buyer|person|customer|head)\b|\b(?:nobody|no\s+one|no-one|no\s+buyer)\b"
    ):
        given_of(step)["max_per_buyer"] = number
    elif number:
        step.slots["quantity"] = number
    elif moment := moment_of(clause, memory, ends=clause.has(r"\b(?:ends?|stops?|closes?)\b")):
        given_of(step)["sales_end" if clause.has(r"\b(?:ends?|stops?|closes?)\b") else "sales_start"] = moment
    return [step]


def hold(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("hold_tickets")
    if count := count_of(clause, r"(?P<n>NUM)"):
        step.slots["quantity"] = count
    take_event(clause, memory, step)
    step.doubts = [doubt for doubt in step.doubts if not doubt.startswith("I know no event")]
    whom = clause.search(r"\bfor\s+(?:the\s+|our\s+)?(?P<label>(?!LENGTH|EVENT|WHEN|NUM)[A-Za-z][\w-]*)\b")
    if whom:
        given_of(step)["label"] = whom["label"]
    take_one_type(clause, step, but=whom["label"] if whom else "")
    for mention in clause.mentions("LENGTH"):
        mention.used = True
        moment = mention.value
        if moment.days or moment.minutes:
            unit = "days" if moment.days and not moment.minutes else "minutes"
            given_of(step)[unit] = moment.days if unit == "days" else moment.minutes + moment.days * 1440
    if until := clause.take("WHEN"):
        days = (until.value.day - memory.world.today).days if until.value.day else 0
        given_of(step)["days"] = max(days, 1)
    return [step]


FILLS: dict[str, Fill] = {
    "create_vouchers": vouchers,
    "create_promo_code": promo_code,
    "update_ticket_type": limits,
    "hold_tickets": hold,
}
