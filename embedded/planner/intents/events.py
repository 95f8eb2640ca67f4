"""Making, changing, publishing and cancelling events; looking them up is in `event_list`."""

from __future__ import annotations

import re

from embedded.planner.choices import choices, which
from embedded.planner.clauses import Clause, Fill, Step
from embedded.planner.intents.titles import event_title, looks_like_title
from embedded.planner.memory import Memory
from embedded.planner.slots import take_capacity, take_city, take_event, take_reason, take_venue, unknown_capital
from embedded.planner.times import as_end, take_shift, take_when, together
from embedded.planner.utterance import TOKEN
from embedded.planner.words import listed, title_case


def create(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("create_event")
    title = event_title(clause)
    if title:
        step.slots["name"] = title
    when = take_when(clause)
    lengths = [m for m in clause.mentions("LENGTH") if m.value.minutes]
    if when:
        step.slots["when"] = when
    if lengths:
        lengths[0].used = True
        step.slots["length"] = lengths[0].value
    take_venue(clause, memory, step)
    if "venue" not in step.slots:
        _unknown_venue(clause, memory, step)
    capacity = take_capacity(clause)
    if capacity:
        step.slots["capacity"] = capacity
    return [step]


def _unknown_venue(clause: Clause, memory: Memory, step: Step) -> None:
    """`at the Paradiso`, `in Rotterdam`: a place that is no venue of ours is asked about, never dropped."""
    match = clause.search(
        r"\b(?:at|in|@)\s+(?:the\s+|our\s+)?(?P<place>(?-i:[A-Z])[\w'-]+(?:\s+(?-i:[A-Z0-9])[\w'-]*){0,"
        r"3})(?!\w)"
    )
    if not match or TOKEN.search(match["place"]) or match["place"] in (step.slots.get("name") or ""):
        return
    city = take_city(clause, memory)
    if city and city.casefold() == match["place"].casefold():
        there = [v.name for v in memory.world.venues if v.city.casefold() == city.casefold()]
        if there:
            step.doubts.append(f"Which venue in {city}: {listed(there, 'or')}?")
            return
    known = [v.name for v in memory.world.venues][:6]
    step.doubts.append(
        f"I know no venue called {match['place']}."
        + (f" Your venues are {listed(known)}." if known else "")
        + " Which one shall it be?"
    )


_RENAME = (
    r"(?P<what>EVENT|<it>)\s+(?:has|gets|got|will\s+have)\s+an?\s+(?:new|different|other)\s+(?:name|title)\s*[:,–-]?\s*(?P<name>.+)$",
    r"\brenam(?:e|ing)\s+(?P<what>.*?)\s+(?:to|into|as|:|=)\s*(?P<name>.+)$",
    r"\brenam(?:e|ing)\s+(?P<what>EVENT|<it>)\s+(?P<name>(?!to\b).+)$",
    r"\b(?:name|title)\s+(?:of|for)\s+(?P<what>.*?)\s+(?:to|into|be|=|is\s+now)\s+(?P<name>.+)$",
    (
        r"(?P<what>EVENT|<it>)(?:'s)?\s+(?:name|title)\s+(?:should\s+be|must\s+be|is\s+now|"
        r"will\s+be|to|into|becomes)\s+(?P<name>.+)$"
    ),
    (
        r"(?P<what>EVENT|<it>)\s+(?:should|must|will|shall|needs\s+to|has\s+to|is\s+to|is\s+going\s+to|"
        r"is)?\s*(?:from\s+now\s+on\s+|now\s+)?(?:be\s+)?(?:called|renamed(?:\s+to)?|named|"
        r"known\s+as)\s+(?P<name>.+)$"
    ),
    r"\bcall\s+(?:the\s+|our\s+)?(?P<what>EVENT|<it>)\s+(?!off\b)(?P<name>.+)$",
    r"\b<change>\s+(?P<what>EVENT|<it>)(?:'s)?\s+(?:name|title)\s+(?:to|into)\s+(?P<name>.+)$",
    r"\bgive\s+(?P<what>EVENT|<it>)\s+(?:the|a\s+new)\s+(?:name|title)[:,]?\s+(?P<name>.+)$",
    r"\b<change>\s+the\s+(?:name|title)\s+(?:to|into)\s+(?P<name>.+)$",
)


def _new_name(clause: Clause) -> str | None:
    for cue in _RENAME:
        match = clause.search(cue)
        if match and not re.fullmatch(r"(?:WHEN|NUM|MONEY)_\d+", match["name"]):
            said = re.sub(
                r"\s*,?\s*(?:from\s+now\s+on|instead|please|now|thanks|ok)\s*$",
                "",
                match["name"].strip(" .,!'"),
                flags=re.IGNORECASE,
            )
            quote = re.match(r"QUOTE_\d+", said)
            name = (
                str(clause.at(quote.group()).value)
                if quote
                else title_case(clause.shown(re.sub(r"^(?:the\s+name\s+|be\s+called\s+)", "", said)))
            )
            return name.strip("\"' ") or None
    return None


def update(clause: Clause, memory: Memory) -> list[Step]:
    step = Step("update_event")
    take_event(clause, memory, step)
    if (
        "event" not in step.slots
        and not step.slots.get("pointed")
        and (stranger := unknown_capital(clause))
        and not clause.correction
    ):
        step.doubts.append(f"I know no event called {stranger}. Which event do you mean?")
    name = _new_name(clause)
    if name:
        step.slots["name"] = name
        return [step]
    description = clause.search(r"\bdescription\b.*?(?:\s+(?:to|is|be|should\s+be|read)\b\s*:?|\s*:)\s*(?P<text>.+)$")
    if description:
        quote = re.match(r"QUOTE_\d+", description["text"])
        step.slots["description"] = (
            str(clause.at(quote.group()).value) if quote else clause.shown(description["text"]).strip()
        )
        return [step]
    _capacity(clause, step)
    _time(clause, step)
    _place(clause, memory, step)
    return [step]


def _capacity(clause: Clause, step: Step) -> None:
    capacity = clause.search(
        r"\b(?:capacity|max(?:imum)?(?:\s+(?:number\s+of\s+)?(?:<people>|attendance))?|limit|"
        r"cap|hold|holds|fits?|take|room\s+for|space\s+for|welcome|admit|let\s+in|allow|up\s+to)\b.*?(?P<n>NUM)"
    )
    if capacity and not clause.mentions("MONEY"):
        numbers = [m for m in clause.mentions("NUM") if not m.used]
        moved = clause.search(r"\bfrom\s+(?P<old>NUM)\s+to\s+(?P<new>NUM)")
        if moved:
            clause.at(moved["old"])
        chosen = clause.at(moved["new"]) if moved else numbers[-1] if numbers else None
        if chosen is not None and chosen.value == chosen.value.to_integral_value():
            chosen.used = True
            step.slots["capacity"] = int(chosen.value)


def _time(clause: Clause, step: Step) -> None:
    source = clause.search(r"\bfrom\s+(?:the\s+)?(?P<old>WHEN)\s*,?\s+(?:to|until|till)\s+(?:the\s+)?(?P<new>WHEN)")
    if source:
        clause.at(source["old"])
    when = None
    for mention in clause.mentions("WHEN"):
        if source and mention is clause.utterance.mentions[int(source["old"].rsplit("_", 1)[1])]:
            continue
        mention.used = True
        ended = as_end(clause, mention)
        if ended and clause.mentions("WHEN") != [mention]:
            step.slots["end_time"], step.slots["end_day"] = ended.end_time, ended.end_day
            continue
        found = mention.value
        led = re.search(r"\bfrom\s+(?:the\s+)?$", clause.utterance.text[: mention.start], re.IGNORECASE)
        if led and found.end_day and found.day and found.kind == "range":
            from dataclasses import replace

            found = replace(found, kind="day", day=found.end_day, end_day=None)
        elif led and found.end_time and found.day is None:
            from dataclasses import replace

            # `move it from 7 to 8pm` names the old and the new start, unlike `from 7pm to 11pm` on its own.
            found = (
                replace(found, time=found.end_time, end_time=None, loose=False) if clause.has(r"\b<move>") else found
            )
        when = found if when is None else together(when, found)
    if (
        when
        and clause.has(r"\b(?:end|ends|ending|finish(?:es)?|until|till|over\s+at|close|closes|last)\b")
        and when.day is None
        and not when.end_time
        and "end_time" not in step.slots
    ):
        step.slots["end_time"] = when.time
        return
    if when:
        step.slots["when"] = when
    for mention in clause.mentions("LENGTH"):
        shift = take_shift(clause)
        if shift:
            step.slots["shift"] = shift
        else:
            mention.used = True
            step.doubts.append(f"Should it be {mention.text} earlier or later?")


def _place(clause: Clause, memory: Memory, step: Step) -> None:
    venues = clause.mentions("VENUE")
    source = clause.search(r"\bfrom\s+(?:the\s+)?(?P<old>VENUE)\s+to\s+(?:the\s+)?(?P<new>VENUE)")
    if source:
        clause.at(source["old"])
    elif len(venues) == 2 and clause.has(r"VENUE\s+(?:to|into|in)\s+(?:the\s+)?VENUE"):
        venues[0].used = True
    if venues or memory.listed_venues:
        take_venue(clause, memory, step)
    if (
        "venue" not in step.slots
        and not step.slots.get("when")
        and "capacity" not in step.slots
        and "shift" not in step.slots
    ):
        match = clause.search(
            r"\b(?:to|in|at)\s+(?:the\s+)?(?P<place>(?-i:[A-Z])[\w'-]+(?:\s+(?-i:[A-Z0-9])[\w'-]*){0,3})$"
        )
        if match and not TOKEN.search(match["place"]):
            step.doubts.append(f"I know no venue called {match['place']}. Which one shall it be?")


def _only_event(operation: str, *, with_reason: bool = False) -> Fill:
    def fill(clause: Clause, memory: Memory) -> list[Step]:
        steps = []
        names = clause.mentions("EVENT")
        several = len(names) if clause.has(r"EVENT\s*(?:,|and|&|,\s*and)\s*(?:the\s+|our\s+)?EVENT") else 1
        for _ in range(max(1, several)):
            step = Step(operation)
            take_event(clause, memory, step)
            steps.append(step)
        first = steps[0]
        if operation in ("cancel_event", "delete_event") and (gone := _sponsor_named(clause, memory)):
            return [Step("remove_sponsor", {"sponsor": gone})]
        if first.slots.get("pointed") and operation != "publish_event" and not memory.waiting:
            _ask_which(first, memory)
        if "event" not in first.slots and not first.slots.get("pointed") and (stranger := unknown_capital(clause)):
            first.doubts.append(f"I know no event called {stranger}. Which event do you mean?")
        if with_reason:
            reason = take_reason(clause)
            for step in steps if reason else ():
                step.slots["reason"] = reason
        return steps

    return fill


def _sponsor_named(clause: Clause, memory: Memory) -> str | None:
    """`Drop Roland`: a sponsor this conversation added."""
    names = {str(given["sponsor"]) for _, given in memory.last_calls if given.get("sponsor")}
    said = clause.utterance.text.casefold()
    return (
        next((n for n in names if re.search(rf"\b{re.escape(n.casefold())}\b", said)), None)
        if not clause.mentions("EVENT")
        else None
    )


def _ask_which(step: Step, memory: Memory) -> None:
    """`Cancel it` behind a sale: the order, or the whole event?"""
    found = choices(step.operation, memory)
    if found:
        step.slots["either"] = found
        step.doubts.append(which(found))


def makes_event(clause: Clause) -> bool:
    """Whether what would be the title of a new event can be one at all (`a gold sponsor` cannot)."""
    return looks_like_title(event_title(clause))


FILLS: dict[str, Fill] = {
    "cancel_event": _only_event("cancel_event", with_reason=True),
    "delete_event": _only_event("delete_event"),
    "publish_event": _only_event("publish_event"),
    "update_event": update,
    "create_event": create,
}
