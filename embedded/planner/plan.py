"""From a message and the memory of the conversation to calls or one question; the words of the intents live in `intents`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from embedded.planner import talk
from embedded.planner.amend import amended, events_of, related
from embedded.planner.build import calls_of, missing, open_points, settle
from embedded.planner.choices import chosen
from embedded.planner.choosing import choose, choose_office
from embedded.planner.clauses import Clause, Intent, Step
from embedded.planner.corrections import corrected_steps
from embedded.planner.guards import may_write, why_not
from embedded.planner.linking import link, merge_headers, share
from embedded.planner.memory import Call, Memory
from embedded.planner.operations import READS, WRITES
from embedded.planner.questions import question
from embedded.planner.segments import has_tokens, make_clause, split, too_many_parts
from embedded.planner.slots import take_event
from embedded.planner.supply import supply
from embedded.planner.times import take_when
from embedded.planner.utterance import Mention, Utterance, prepare

MAX_MESSAGE = 2_000
"""Characters of one message the planner reads; an order to an assistant is shorter."""


@dataclass(slots=True)
class Decision:
    """What the turn comes to: calls to make, or something to say."""

    calls: list[Call] = field(default_factory=list)
    say: str = ""


@dataclass(slots=True)
class Reading:
    """The steps read from one message, and what kept some of it from being one."""

    steps: list[Step] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    loose: list[Clause] = field(default_factory=list)
    refusal: str = ""
    corrects: bool = False


def decide(text: str, memory: Memory) -> Decision:
    """Plan one message. Deterministic: the same conversation gives the same decision."""
    text = text.strip()
    if len(text) > MAX_MESSAGE or too_many_parts(text):
        return Decision(say=talk.TOO_LONG)
    if memory.waiting and memory.blocked and talk.YES.match(text):
        return Decision(say="It cannot be done as it stands, so there is nothing to approve. What should change?")
    if memory.waiting and talk.YES.match(text):
        return Decision(say="Approve it on the card and it is done; nothing is written before that.")
    if (memory.waiting and talk.AWAY.match(text)) or ((memory.waiting or memory.chain) and talk.NO.match(text)):
        return Decision(
            say="Reject it on the card, or leave it: nothing has been written."
            if memory.waiting
            else "Fine, I leave it. Nothing has been changed."
        )
    confirmed = bool(memory.chain) and talk.YES.match(text) is not None
    if not confirmed and (spoken := talk.small_talk(text)):
        return Decision(say=spoken)
    if memory.chain:
        return _answered(text, memory, confirmed=confirmed)
    return _finish(read(text, memory), memory)


def read(text: str, memory: Memory, *, confirmed: bool = False) -> Reading:
    """The steps one message asks for by itself."""
    utterance = prepare(text, memory.world, memory.event_names)
    reading = Reading()
    if _read_office(utterance, reading, memory, confirmed=confirmed):
        return reading
    reading.clauses = split(utterance, lambda clause: choose(clause)[0] is not None)
    for clause in reading.clauses:
        _read_clause(clause, reading, memory, confirmed=confirmed)
    if not reading.steps and not reading.refusal and len(reading.clauses) > 1:
        _read_as_one(utterance, reading, memory, confirmed=confirmed)
    _use_details(reading, memory)
    reading.steps = merge_headers(reading.steps)
    _point_at_named(reading)
    link(reading.steps, memory)
    share(reading.steps)
    return reading


def _read_office(utterance: Utterance, reading: Reading, memory: Memory, *, confirmed: bool) -> bool:
    """A message to the ticket office is one thing with its terms (`20% off, max 50 uses, not with early bird`)."""
    clause = make_clause(utterance.masked, utterance, question=utterance.masked.rstrip().endswith("?"))
    intent = choose_office(clause)
    if intent is None:
        return False
    reading.clauses = [clause]
    if intent.operation in WRITES and not may_write(clause, confirmed=confirmed):
        reading.refusal = why_not(clause, intent.operation)
        return True
    reading.steps = intent.fill(clause, memory)
    link(reading.steps, memory)
    return True


def _read_as_one(utterance: Utterance, reading: Reading, memory: Memory, *, confirmed: bool) -> None:
    """Sentences that mean nothing alone (`A farewell concert. 18 December, Grand Hall.`) may be one."""
    utterance.masked = re.sub(r"[.;!]\s+|\n+", ", ", utterance.masked)
    reading.clauses, reading.loose = split(utterance, lambda clause: choose(clause)[0] is not None), []
    for clause in reading.clauses:
        _read_clause(clause, reading, memory, confirmed=confirmed)


_ONLY_WHEN = r"^(?:(?:at|on|from|until|till|to|and|the|start|starting|ends?|ending)\s+|WHEN\s*,?\s*|,\s*)+$"
"""`At 20:00, until 23:00`: a time alone is that of what was just planned."""


def _read_clause(clause: Clause, reading: Reading, memory: Memory, *, confirmed: bool) -> None:
    intent, _ = choose(clause)
    if (
        (
            clause.correction
            or clause.has(
                r"\binstead\b|^make\s+(?:it|that|them|(?:the\s+)?(?:doors|start))\b|^change\s+(?:it|that)\s+to\b|\bi\s+meant?\b"
            )
            or (intent is None and clause.has(_ONLY_WHEN))
        )
        and memory.last_calls
        and not reading.steps
    ):
        steps = corrected_steps(clause, memory) if _points_back(clause, intent, memory) else []
        if steps:
            reading.steps += steps
            reading.corrects = True
            return
    if intent is None or intent.operation == "get_event":
        follow = _follow_up(clause, memory) if not reading.steps else None
        if follow:
            reading.steps.append(follow)
            return
    if intent is None:
        reading.loose.append(clause)
        return
    if intent.operation in WRITES and not may_write(clause, confirmed=confirmed):
        reading.refusal = reading.refusal or why_not(clause, intent.operation)
        for mention in clause.mentions("EVENT", "VENUE", "NUM", "MONEY", "WHEN", "ORDER"):
            mention.used = True
        return
    reading.steps += intent.fill(clause, memory)


_ONLY_EVENT = r"^(?:and\s+|what\s+about\s+|how\s+about\s+)?(?:for\s+|of\s+)?(?:the\s+|our\s+)?EVENT$"
_ASKED_OF_EVENTS = ("sales_report", "list_orders", "list_sponsors", "list_ticket_types", "list_bookings", "get_event")


def _follow_up(clause: Clause, memory: Memory) -> Step | None:
    """`And the meetup?` asks the last question of another event; a time alone is that of the event the talk is about."""
    if clause.question and clause.has(_ONLY_EVENT) and memory.subject and memory.subject[0] in _ASKED_OF_EVENTS:
        said = {slot: given for slot, given in memory.subject[1].items() if slot == "status"}
        step = Step(memory.subject[0], said)
        take_event(clause, memory, step)
        return step
    if clause.has(_ONLY_WHEN) and not memory.chain and memory.focus and memory.world.event(memory.focus):
        step = Step("update_event", {"event": memory.focus})
        moment = take_when(clause)
        if moment is not None and moment.time is not None:
            step.slots["when"] = moment
            return step
        _again(clause)
    return None


def _points_back(clause: Clause, intent: Intent | None, memory: Memory) -> bool:
    """Whether a correction is about the calls before rather than a new task that happens to start with `no`."""
    if intent is None or intent.operation in (
        "create_event",
        "create_ticket_type",
        "find_venues",
        "list_events",
        "get_venue",
        "get_event",
        "list_ticket_types",
        "book_venue",
    ):
        return not clause.has(r"^(?:create|add|book|list|show|find|sell)\b")
    named = clause.mentions("EVENT")
    about = events_of(memory.last_calls)
    ours = all(str(n).casefold() in about for m in named for n in m.value)
    return (
        intent.operation in ("update_event", "update_ticket_type", "update_sponsor", "add_sponsor", "sell_tickets")
        and ours
        and not clause.has(r"\brenam|\bcalled?\b|\bname\b|\bcapacity\b|^(?:add|sell)\b")
    )


def _point_at_named(reading: Reading) -> None:
    """`Nobody comes to the meetup, so drop it`: `it` is the one event the message named."""
    named = [m for clause in reading.loose for m in clause.mentions("EVENT") if len(m.value) == 1 and not m.used]
    for step in reading.steps:
        if step.slots.get("pointed") and step.slots.get("event") is None and len({m.value for m in named}) == 1:
            step.slots["event"] = named[0].value[0]
            named[0].used = True


def _use_details(reading: Reading, memory: Memory) -> None:
    """Sentences that ask for nothing by themselves (`Blue Room. Doors at 7pm.`) complete the step beside them."""
    for clause in reading.loose:
        if not reading.steps:
            return
        if not has_tokens(clause.masked) and reading.steps[-1].operation != "cancel_event":
            continue
        after = reading.clauses.index(clause)
        ordered = reading.steps if after == 0 else list(reversed(reading.steps))
        for step in ordered:
            doubts = list(step.doubts)
            if step.operation in WRITES and supply(step, clause, memory, answer=False):
                break
            step.doubts = doubts


def _answered(text: str, memory: Memory, *, confirmed: bool) -> Decision:
    """Replay the messages the open question grew from, then take this one as its answer, unless it asks for something else."""
    said = [*memory.chain] if confirmed else [*memory.chain, text]
    reading = Reading()
    for number, message in enumerate(said):
        fresh = read(message, memory, confirmed=confirmed)
        if _chose(fresh, reading):
            continue
        if number == 0 or not reading.steps or _starts_anew(fresh, reading):
            reading = fresh
            continue
        if not _merged(fresh, reading):
            for clause in fresh.clauses:
                _supply_first(reading.steps, _again(clause), memory)
        link(reading.steps, memory)
        share(reading.steps)
    return _finish(reading, memory)


def _chose(fresh: Reading, pending: Reading) -> bool:
    """Whether an answer settles which of several things was meant; that thing's step takes the place of the doubtful one."""
    for place, step in enumerate(pending.steps):
        found = step.slots.get("either")
        answers = [s for clause in fresh.clauses if found and (s := chosen(found, _again(clause)))]
        if answers:
            pending.steps[place] = answers[0]
            return True
    return False


def _again(clause: Clause) -> Clause:
    """The same clause with nothing used yet."""
    for mention in clause.utterance.mentions:
        mention.used = False
    return clause


def _supply_first(steps: list[Step], clause: Clause, memory: Memory) -> None:
    for step in steps:
        if (missing(step) or step.doubts) and supply(step, clause, memory, answer=True):
            return


def _starts_anew(fresh: Reading, pending: Reading) -> bool:
    """Whether an answer is a task of its own: it names another operation in so many words."""
    if not fresh.steps:
        return False
    open_operations = {step.operation for step in pending.steps}
    if all(step.operation in open_operations for step in fresh.steps):
        # An event that was only understood from before does not make `20 for 95 euros` a task of its own.
        named = any(clause.mentions("EVENT") for clause in fresh.clauses)
        return not missing(pending.steps[0]) or (named and not any(missing(step) for step in fresh.steps))
    strong = [choose(clause)[1] for clause in fresh.clauses]
    return max(strong, default=0) >= 6


def _merged(fresh: Reading, pending: Reading) -> bool:
    """Take over the slots an answer brings for the operations already under way."""
    if not fresh.steps or any(step.operation not in {p.operation for p in pending.steps} for step in fresh.steps):
        return False
    for step in fresh.steps:
        target = next(p for p in pending.steps if p.operation == step.operation)
        target.doubts = list(step.doubts)
        for slot, value in step.slots.items():
            if target.slots.get(slot) is None:
                target.slots[slot] = value
    return True


def _finish(reading: Reading, memory: Memory) -> Decision:
    steps = reading.steps
    if not steps:
        return Decision(say=reading.refusal or _lost(reading, memory))
    for step in steps:
        settle(step, memory)
        step.doubts += [] if missing(step) else open_points(step, memory)
        step.slots.pop("pointed", None)
    for step in steps:
        lacking = missing(step)
        if step.doubts:
            return Decision(say=step.doubts[0])
        if lacking:
            return Decision(say=question(step, lacking))
    if reading.refusal:
        return Decision(say=reading.refusal)
    if any(step.operation in WRITES for step in steps) and (left := _left_over(reading, memory)):
        return Decision(say=left)
    calls = list(_calls(steps, memory))
    return Decision(calls=_with_waiting(calls, steps, reading, memory))


def _calls(steps: list[Step], memory: Memory) -> Iterator[Call]:
    booked = {str(step.slots.get("event")) for step in steps if step.operation == "book_venue"}
    for step in steps:
        if step.slots.get("replaces"):
            given = {key: value for key, value in step.slots.items() if key != "replaces"}
            yield step.operation, {**memory.waiting[-1][1], **given}
            continue
        for operation, given in calls_of(step, memory):
            if operation == "book_venue" and step.operation == "create_event" and given["event"] in booked:
                continue
            yield operation, given


def _with_waiting(calls: list[Call], steps: list[Step], reading: Reading, memory: Memory) -> list[Call]:
    """While a proposal waits, a change to it is the whole corrected list: the new proposal takes its place."""
    writes = [call for call in calls if call[0] in WRITES and call[0] != "undo_proposal"]
    if not memory.waiting or not writes:
        return calls
    if any(step.slots.get("replaces") for step in steps):
        return [*memory.waiting[:-1], *calls]
    if reading.corrects or _also(reading) or related(memory.waiting, writes):
        return [*amended(memory.waiting, writes), *(call for call in calls if call[0] in READS)]
    return calls


def _also(reading: Reading) -> bool:
    return bool(reading.clauses) and bool(
        re.match(
            r"\W*(?:and|also|plus|then|in\s+addition|besides|furthermore)\b",
            reading.clauses[0].utterance.text,
            re.IGNORECASE,
        )
    )


def _left_over(reading: Reading, memory: Memory) -> str:
    """A question about an amount, a number or a name nobody used: better asked than dropped."""
    utterance: Utterance = reading.clauses[0].utterance
    present = {
        m
        for clause in reading.clauses
        for m in map(id, clause.mentions("EVENT", "VENUE", "WHEN", "NUM", "MONEY", "ORDER", "EMAIL", "PERCENT"))
    }
    for mention in utterance.mentions:
        if mention.used or id(mention) not in present:
            continue
        if _known_already(mention, reading.steps, memory):
            continue
        return f"I am not sure what “{mention.text}” is for. Could you say that in other words?"
    return ""


def _known_already(mention: Mention, steps: list[Step], memory: Memory) -> bool:
    """Words that add nothing: the event's own name, day or venue said again, or today."""
    events = [e for s in steps if (e := memory.event(s.slots.get("event")))]
    if mention.kind == "EVENT":
        said = {str(s.slots.get(slot)) for s in steps for slot in ("event", "name")}
        return any(str(v) in said for v in mention.value)
    if mention.kind == "VENUE":
        return any(v in [s.slots.get("venue") for s in steps] + [e.venue for e in events] for v in mention.value)
    if mention.kind == "WHEN":
        day = mention.value.day
        return (
            day == memory.world.today
            or any(e.start and e.start.date() == day for e in events)
            or not any(s.operation in WRITES for s in steps)
        )
    return False


def _lost(reading: Reading, memory: Memory) -> str:
    known = any(m.kind in ("EVENT", "VENUE", "ORDER") for clause in reading.clauses for m in clause.utterance.mentions)
    return talk.LOST if known else talk.OFF_TOPIC
