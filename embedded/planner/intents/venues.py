"""Finding, booking and keeping venues."""

from __future__ import annotations

import re

from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.memory import Memory
from embedded.planner.slots import PRONOUN, bare_count, from_list, take_city, take_event, take_venue, unknown_capital
from embedded.planner.times import take_when
from embedded.planner.utterance import TOKEN, whole
from embedded.planner.words import listed, title_case


def find(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("find_venues")
    city = take_city(clause, memory)
    if city:
        step.slots["city"] = city
    number = clause.search(r"(?P<n>NUM)")
    people = whole(clause.at(number["n"]).value) if number else bare_count(clause)
    if people:
        step.slots["min_capacity"] = people
    when = take_when(clause)
    if when and when.day:
        step.slots["free"] = when
    for mention in clause.mentions("EVENT", "VENUE"):
        mention.used = True
    return [step]


def create(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("create_venue")
    quote = clause.take("QUOTE")
    named = clause.search(
        r"\b(?:venue|room|hall|location|place|space)s?\s*(?:called|named|:|,)?\s+(?:the\s+)?(?P<n>(?-i:[A-Z0-9])"
        r"[\w'&-]*(?:\s+(?-i:[A-Z0-9&])[\w'&-]*){0,4})(?!\w)"
    )
    lower = clause.search(
        r"\b(?:called|named)\s+(?:the\s+)?(?P<n>.+?)(?=\s*(?:$|,|\bin\b|\bfor\b|\bwith\b|\bcapacity\b|NUM))"
    )
    before = clause.search(
        r"\b(?:add|create|register|save)\s+(?:the\s+)?(?P<n>(?-i:[A-Z])[\w'&-]*(?:\s+(?-i:[A-Z0-9&])[\w'&-]*){0,"
        r"4})\s+(?:\(?as\s+an?\s+(?:new\s+)?venue|to\s+(?:the|our)\s+venues)"
    )
    match = before or named or lower
    if quote is not None:
        step.slots["name"] = str(quote.value)
    elif match:
        step.slots["name"] = title_case(clause.shown(match["n"]).strip())
    elif clause.mentions("VENUE"):
        step.doubts.append(
            f"There is a venue called {clause.mentions('VENUE')[0].text} already. What is the new one called?"
        )
    behind = match and clause.masked[match.end() :] if quote is None else ""
    beside = re.match(r"\s*,\s*(?P<city>[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,2})(?=\s*(?:,|$))", behind or "")
    city = beside["city"] if beside and not TOKEN.search(beside["city"]) else take_city(clause, memory)
    if city and city != step.slots.get("name"):
        step.slots["city"] = city
    number = clause.search(r"(?P<n>NUM)")
    people = whole(clause.at(number["n"]).value) if number else None
    if people:
        step.slots["capacity"] = people
    return [step]


def book(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("book_venue")
    take_venue(clause, memory, step)
    take_event(clause, memory, step)
    if (
        step.slots.get("pointed")
        and "venue" in step.slots
        and from_list(clause, memory.listed_venues)
        and not clause.has(r"\bfor\s+(?:it|that|this|them)\b|\bfor\s+the\s+(?:event|show)\b")
    ):
        step.slots.pop("pointed")
    if "venue" not in step.slots and not step.doubts and unknown_capital(clause) is None:
        match = clause.search(
            r"\b(?:book|reserve|hire|rent)\s+(?:the\s+)?(?P<n>(?-i:[A-Z])[\w'&-]*(?:\s+(?-i:[A-Z0-9&])[\w'&-]*){0,"
            r"4})"
        )
        if match and "_" not in match["n"]:
            known = [v.name for v in memory.world.venues][:6]
            step.doubts.append(
                f"I know no venue called {match['n']}. Your venues are {listed(known)}. Which one shall I book?"
            )
    when = take_when(clause)
    if when:
        step.slots["when"] = when
    return [step]


def cancel_booking(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("cancel_booking")
    take_venue(clause, memory, step)
    take_event(clause, memory, step)
    if PRONOUN.search(clause.masked) and "event" not in step.slots:
        step.slots["pointed"] = True
    return [step]


def update(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("update_venue")
    take_venue(clause, memory, step)
    number = clause.search(r"(?P<n>NUM)")
    people = whole(clause.at(number["n"]).value) if number else None
    if people:
        step.slots["capacity"] = people
    renamed = clause.search(r"\brename\s+(?:the\s+)?VENUE\s+(?:to|as|into)\s+(?P<n>.+)$")
    if renamed:
        step.slots["name"] = title_case(clause.shown(renamed["n"]).strip(" .'\""))
    return [step]


def get_venue(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("get_venue")
    take_venue(clause, memory, step)
    return [step]


def delete(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("delete_venue")
    take_venue(clause, memory, step)
    return [step]


def list_bookings(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("list_bookings")
    take_event(clause, memory, step)
    step.doubts.clear()
    take_venue(clause, memory, step)
    when = take_when(clause)
    if when and when.day:
        step.slots["from_date"], step.slots["to_date"] = when.day, when.end_day or when.day
    return [step]


FILLS: dict[str, Fill] = {
    "cancel_booking": cancel_booking,
    "create_venue": create,
    "update_venue": update,
    "delete_venue": delete,
    "book_venue": book,
    "find_venues": find,
    "get_venue": get_venue,
    "list_bookings": list_bookings,
}
