"""Fills an open step from an answer or a detail (`10 euros`, `5 December at 8pm`, `to Bob`); starts no step."""

from __future__ import annotations

import re
from datetime import time

from agent.reading.moment import Moment
from agent.reading.names import resolve
from embedded.planner.build import missing
from embedded.planner.clauses import Clause, Step
from embedded.planner.intents.office import file_kind, take_which
from embedded.planner.intents.sponsors import sponsor_name
from embedded.planner.intents.terms import given_of, take_discount
from embedded.planner.memory import Memory
from embedded.planner.slots import (
    as_money,
    take_buyer,
    take_capacity,
    take_count,
    take_event,
    take_level,
    take_method,
    take_reason,
    take_type,
    take_venue,
    type_name,
)
from embedded.planner.times import take_when, together
from embedded.planner.utterance import TOKEN, whole
from embedded.planner.words import title_case

_FILLER = re.compile(
    (
        r"^(?:it'?s|it\s+is|its|that'?s|that\s+would\s+be|it\s+will\s+be|make\s+it|called|"
        r"named|name\s+it|call\s+it|the\s+name\s+is|to|for|by|from|at|on|under|let'?s\s+say|"
        r"say|the\s+buyer\s+is|the\s+sponsor\s+is|i\s+think|with|as|just)\s+"
    ),
    re.IGNORECASE,
)


def supply(step: Step, clause: Clause, memory: Memory, *, answer: bool) -> bool:
    """Fill what the step lacks from the clause; True when something was filled. `answer` lets plain words name a thing."""
    before = dict(step.slots)
    lacking = missing(step)
    step.doubts.clear()
    if step.operation in ("create_event", "update_event"):
        _when(step, clause, memory, lacking)
        if "capacity" not in step.slots and (capacity := take_capacity(clause)):
            step.slots["capacity"] = capacity
    if "event" in lacking or "of" in lacking:
        take_event(clause, memory, step)
        step.slots.pop("pointed", None)
        if answer and "event" not in step.slots and not step.doubts:
            match = resolve(_plain(clause), memory.event_names)
            if match.name and match.kind != "none":
                step.slots["event"] = match.name
        if "event" not in step.slots and not answer:
            step.doubts.clear()
    if step.operation in ("create_event", "update_event", "book_venue") and "venue" not in step.slots:
        take_venue(clause, memory, step)
    _money(step, clause, memory, lacking)
    _people(step, clause, memory, lacking, answer=answer)
    if "order" in lacking:
        _order(step, clause)
    if "method" in lacking and (method := take_method(clause)):
        step.slots["method"] = method
    if step.operation == "cancel_event" and "event" in step.slots and "reason" not in step.slots and not answer:
        reason = take_reason(clause) or clause.shown(clause.masked)
        step.slots["reason"] = reason
    if "name" in lacking and answer and not step.slots.get("name") and _plain(clause):
        step.slots["name"] = title_case(_plain(clause))
    if answer:
        _office(step, clause, lacking)
    if "ticket_type" in lacking and answer:
        step.slots["ticket_type"] = take_type(clause) or type_name(_plain(clause))
    return step.slots != before


_CODE_SAID = re.compile(
    r"(?:^|\b(?:code|is|it|to|be|use|call\s+it)\s+)[\"'“]?(?P<code>[A-Za-z0-9][A-Za-z0-9_-]{2,39})[\"'”]?[\s.!]*$"
)


def _office(step: Step, clause: Clause, lacking: list[str]) -> None:
    """What the ticket office asked for: a code, a discount, whose or how many tickets, an address, a day, what goes into a file."""
    if "code" in lacking and (said := _CODE_SAID.search(clause.shown(clause.masked))):
        step.slots["code"] = said["code"]
    if "discount" in lacking:
        take_discount(clause, step)
        if {"percent_basis_points", "off_amount"} & given_of(step).keys():
            step.slots["discount"] = True
    if "which" in lacking:
        take_which(clause, step)
    if "email" in lacking and (mail := clause.take("EMAIL")):
        step.slots["email"] = str(mail.value)
    if "other" in lacking and (event := clause.take("EVENT")) and len(event.value) == 1:
        step.slots["other"] = event.value[0]
    if "kind" in lacking and (kind := file_kind(clause)):
        step.slots["kind"] = kind
    if "ticket" in lacking and (whose := _plain(clause)):
        step.slots["ticket"] = whose


def _plain(clause: Clause) -> str:
    """The words of a short answer, or nothing when it is no plain name."""
    text = clause.masked
    while _FILLER.match(text):
        text = _FILLER.sub("", text, count=1)
    quote = re.fullmatch(r"QUOTE_\d+", text.strip())
    if quote:
        return str(clause.at(quote.group()).value)
    text = re.sub(r"^(?:the|a|an)\s+(?=[a-z])", "", text.strip(" .!?,'\""))
    return "" if (TOKEN.search(text) and not text.startswith("EVENT")) or len(text.split()) > 6 else clause.shown(text)


def _when(step: Step, clause: Clause, memory: Memory, lacking: list[str]) -> None:
    when = take_when(clause)
    known: Moment | None = step.slots.get("when")
    if when is not None:
        if known is not None and known.loose and when.time is None and when.part:
            when = None
        else:
            step.slots["when"] = when if known is None else together(known, when)
    elif "time" in lacking and clause.mentions("NUM"):
        number = clause.mentions("NUM")[0]
        hour = whole(number.value)
        if (
            hour is not None
            and 0 <= hour <= 23
            and re.fullmatch(r"(?:at\s+|around\s+)?NUM_\d+(?:\s+o'?clock|\s+please)?", clause.masked, re.IGNORECASE)
        ):
            number.used = True
            clock = Moment(0, 0, "clock", time=time(hour), loose=1 <= hour <= 12)
            step.slots["when"] = clock if known is None else together(known, clock)
    for mention in clause.mentions("LENGTH"):
        if mention.value.minutes and step.operation == "create_event":
            mention.used = True
            step.slots["length"] = mention.value


def _money(step: Step, clause: Clause, memory: Memory, lacking: list[str]) -> None:
    wanted = next((slot for slot in ("price", "amount") if slot in lacking), None)
    if wanted and (clause.mentions("MONEY") or "quantity" not in lacking):
        money = as_money(clause, memory)
        if money is not None:
            step.slots[wanted] = money
    if "quantity" in lacking:
        count = take_count(clause)
        if count:
            step.slots["quantity"] = count
    if (
        step.operation == "create_ticket_type"
        and "name" not in step.slots
        and clause.has("<ticket>")
        and (name := take_type(clause))
    ):
        step.slots["name"] = name


def _people(step: Step, clause: Clause, memory: Memory, lacking: list[str], *, answer: bool) -> None:
    if "buyer" in lacking:
        buyer = take_buyer(clause, memory)
        if not buyer and answer and not clause.mentions("NUM", "MONEY", "EVENT", "WHEN"):
            words = _plain(clause)
            buyer = title_case(words) if words == words.lower() else words
        if buyer:
            step.slots["buyer"] = buyer
    if "sponsor" in lacking or ("of" in lacking and answer and not step.slots.get("event")):
        name = sponsor_name(clause)
        if not name and answer:
            first = re.split(r"\s*,\s*", clause.masked)[0]
            name = title_case(_plain(Clause(first, clause.utterance))) or None
        if name:
            step.slots["sponsor"] = name
    if "level" in lacking and (level := take_level(clause)):
        step.slots["level"] = level
    elif (
        "level" in lacking
        and answer
        and re.fullmatch(r"[A-Za-z][a-z]{2,15}", clause.masked)
        and "sponsor" not in lacking
    ):
        step.slots["level"] = clause.masked.lower()


def _order(step: Step, clause: Clause) -> None:
    mention = clause.take("ORDER")
    if mention is not None:
        step.slots["order"] = mention.value
        return
    for number in clause.mentions("NUM", "MONEY"):
        digits = re.search(r"\d{3,9}", number.text)
        if digits and not number.used:
            number.used = True
            step.slots["order"] = digits.group()
            return
